using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DomainFlow.Cache.Redis;

namespace DomainFlow.Stores.Tests.Cache;

/// <summary>The connection to Redis: whose answer is whose, who is believed, what is no answer.</summary>
public sealed class RedisConnectionTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [SkippableFact]
    public async Task Answers_go_to_those_who_asked_also_past_those_who_went()
    {
        await using var server = await RedisServer.StartAsync();
        using var redis = new RedisClient(server.Settings, Limit, TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 5000).Select(async i =>
        {
            var value = new string((char)('a' + (i % 26)), i % 700) + i.ToString(CultureInfo.InvariantCulture);
            using var leaves = new CancellationTokenSource();
            var echo = redis.CallAsync(leaves.Token, Word("ECHO"), Word(value));
            if (i % 7 == 0) await leaves.CancelAsync();
            try
            {
                Assert.Equal(value, Encoding.UTF8.GetString(Assert.IsType<RespReply.Bulk>(await echo).Bytes!));
            }
            catch (OperationCanceledException) when (i % 7 == 0)
            {
                // It went.
            }
        }));
        Assert.IsType<RespReply.Status>(await redis.CallAsync(default, Word("PING")));
    }

    [SkippableFact]
    public async Task A_connection_that_the_server_closed_is_made_anew_unnoticed()
    {
        await using var server = await RedisServer.StartAsync();
        using var redis = new RedisClient(server.Settings, Limit, TimeProvider.System);
        using var second = new RedisClient(server.Settings, Limit, TimeProvider.System);
        for (var i = 0; i < 20; i++)
        {
            await redis.CallAsync(default, Word("SET"), Word("a"), Word("b"));
            await second.CallAsync(default, Word("CLIENT"), Word("KILL"), Word("TYPE"), Word("normal"), Word("SKIPME"), Word("yes"));
        }
    }

    [SkippableFact]
    public async Task A_value_is_kept_for_its_keys_lifetime()
    {
        await using var server = await RedisServer.StartAsync();
        using var cache = new DomainFlow.Cache.RedisCache(server.Settings, Limit, TimeProvider.System);
        using var redis = new RedisClient(server.Settings, Limit, TimeProvider.System);
        var (user, key) = (Guid.NewGuid(), Guid.NewGuid());
        var session = Domain.Caching.CacheKey.Session(key, user);
        await cache.SetAsync(session, new byte[1], default);
        var left = Assert.IsType<RespReply.Number>(await redis.CallAsync(default, Word("PTTL"), Word($"{key}:session:{user}"))).Value;
        Assert.InRange(TimeSpan.FromMilliseconds(left), TimeSpan.FromHours(23.9), TimeSpan.FromHours(24));
    }

    [SkippableFact]
    public async Task Only_a_certificate_of_the_named_authority_is_believed()
    {
        var folder = Directory.CreateTempSubdirectory("domainflow-tls-");
        try
        {
            Certificate(folder, "server");
            Certificate(folder, "other");
            string At(string file) => Path.Combine(folder.FullName, file);
            await using var server = await RedisServer.StartAsync(
                "--port", "0", "--tls-port", "{port}", "--tls-cert-file", At("server.pem"), "--tls-key-file", At("server.key"),
                "--tls-ca-cert-file", At("server.pem"), "--tls-auth-clients", "no");
            using var believed = new RedisClient(server.Settings with { Tls = true, CaFile = At("server.pem") }, Limit, TimeProvider.System);
            Assert.Equal("PONG", Assert.IsType<RespReply.Status>(await believed.CallAsync(default, Word("PING"))).Text);
            foreach (var wrong in new[] { server.Settings with { Tls = true, CaFile = At("other.pem") }, server.Settings with { Tls = true } })
            {
                using var doubted = new RedisClient(wrong, Limit, TimeProvider.System);
                await Assert.ThrowsAsync<RedisException>(() => doubted.CallAsync(default, Word("PING")));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [SkippableFact]
    public async Task The_password_and_the_database_are_told()
    {
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        await using var server = await RedisServer.StartAsync("--port", "{port}", "--requirepass", password);
        using var redis = new RedisClient(server.Settings with { User = "default", Password = password, Database = 3 }, Limit, TimeProvider.System);
        await redis.CallAsync(default, Word("SET"), Word("a"), Word("b"));
        using var first = new RedisClient(server.Settings with { Password = password }, Limit, TimeProvider.System);
        Assert.Null(Assert.IsType<RespReply.Bulk>(await first.CallAsync(default, Word("GET"), Word("a"))).Bytes);
        using var wrong = new RedisClient(server.Settings with { Password = "another" }, Limit, TimeProvider.System);
        var refused = await Assert.ThrowsAsync<RedisException>(() => wrong.CallAsync(default, Word("PING")));
        Assert.DoesNotContain("another", refused.ToString());
    }

    [Theory]
    [InlineData("redis://cache.example", "cache.example", 6379, false, null, null, 0)]
    [InlineData("rediss://app:p%40ss@cache.example:6380/2", "cache.example", 6380, true, "app", "p@ss", 2)]
    [InlineData("rediss://:secret@cache.example/", "cache.example", 6379, true, null, "secret", 0)]
    public void An_address_says_where_and_as_whom(string url, string host, int port, bool tls, string? user, string? password, int database) =>
        Assert.Equal(new RedisSettings(host, port, tls, user, password, database), RedisSettings.Parse(url));

    [Theory]
    [InlineData("")]
    [InlineData("cache.example:6379")]
    [InlineData("https://user:secret@cache.example")]
    [InlineData("redis://user:secret@cache.example/first")]
    [InlineData("redis://user:secret@cache.example/-1")]
    [InlineData("redis://secret@cache.example")]
    public void What_is_no_address_is_named_without_its_text(string url)
    {
        var error = Assert.Throws<FormatException>(() => RedisSettings.Parse(url));
        Assert.Contains("CACHE_URL", error.Message);
        Assert.DoesNotContain("secret", error.Message);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n")]
    [InlineData(":12a\r\n")]
    [InlineData("$-2\r\n")]
    [InlineData("$999999999999\r\n")]
    [InlineData("*-5\r\n")]
    [InlineData("\r\n")]
    public async Task What_is_no_answer_is_refused(string text) => await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public async Task Whatever_comes_is_read_or_refused()
    {
        var random = new Random(11);
        var alphabet = "+-:$*0123456789\r\nab"u8.ToArray();
        for (var i = 0; i < 20_000; i++)
        {
            try
            {
                await ReadAsync(random.GetItems(alphabet, random.Next(30)));
            }
            catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
            {
                // Refused.
            }
        }
    }

    private static ReadOnlyMemory<byte> Word(string text) => RedisClient.Bytes(text);

    private static Task<RespReply> ReadAsync(byte[] bytes) => RespReply.ReadAsync(new BufferedStream(new MemoryStream(bytes)), default);

    private static void Certificate(DirectoryInfo folder, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(Path.Combine(folder.FullName, name + ".pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder.FullName, name + ".key"), key.ExportPkcs8PrivateKeyPem());
    }
}
