using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using DomainFlow.Topology;

namespace DomainFlow.LocalHost.Tests;

public sealed class ObjectsTests(ObjectsTests.Running running) : IClassFixture<ObjectsTests.Running>
{
    private const int Limit = 10 * 1024 * 1024;
    private const string Type = "image/jpeg";

    private TestHost Host => running.Host;

    private Grants Grants => new(File.ReadAllLines(Path.Combine(Host.State, "keys", "objects.key")), Host.System.Port);

    [Fact]
    public async Task A_granted_upload_is_stored_whole_and_can_be_read_back()
    {
        var (key, content) = ("tenant/a b/ü.jpg", RandomNumberGenerator.GetBytes(300_000));
        using var stored = await UploadAsync(Grants.Upload(key, Type, Limit), content);
        Assert.Equal(HttpStatusCode.NoContent, stored.StatusCode);
        Assert.Equal(content, await File.ReadAllBytesAsync(PathOf(key)));
        var meta = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Host.State, "objects", ".meta", "photos", key + ".json")))!;
        Assert.Equal((Type, content.Length), (meta["content_type"]!.ToString(), meta["size"]!.GetValue<int>()));
        Assert.Equal($"\"{meta["etag"]}\"", stored.Headers.ETag!.ToString());

        using var read = await Host.Client.GetAsync(Grants.Download(key, 60));
        Assert.Equal(Type, read.Content.Headers.ContentType!.ToString());
        Assert.Equal(content, await read.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("bytes=0-9", 0, 10)]
    [InlineData("bytes=90-", 90, 10)]
    [InlineData("bytes=-5", 95, 5)]
    [InlineData("bytes=95-500", 95, 5)]
    public async Task A_range_is_answered_with_that_part(string range, int from, int count)
    {
        var content = RandomNumberGenerator.GetBytes(100);
        using var stored = await UploadAsync(Grants.Upload("range.jpg", Type, Limit), content);
        using var request = new HttpRequestMessage(HttpMethod.Get, Grants.Download("range.jpg", 60)) { Headers = { { "Range", range } } };
        using var part = await Host.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal($"bytes {from}-{from + count - 1}/100", part.Content.Headers.ContentRange!.ToString());
        Assert.Equal(content[from..(from + count)], await part.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task An_11_MB_upload_to_a_10_MB_grant_is_refused_and_nothing_is_stored()
    {
        using var response = await UploadAsync(Grants.Upload("large.jpg", Type, Limit), new byte[11 * 1024 * 1024]);
        await RefusedAsync(response, 400, "EntityTooLarge", "large.jpg");
        using var fits = await UploadAsync(Grants.Upload("limit.jpg", Type, Limit), new byte[Limit]);
        Assert.Equal(HttpStatusCode.NoContent, fits.StatusCode);
        using var empty = await UploadAsync(Grants.Upload("empty.jpg", Type, Limit), []);
        await RefusedAsync(empty, 400, "EntityTooSmall", "empty.jpg");
    }

    [Fact]
    public async Task One_byte_over_the_limit_is_refused_and_one_at_the_limit_is_stored()
    {
        using var over = await UploadAsync(Grants.Upload("over.jpg", Type, 1000), new byte[1001]);
        await RefusedAsync(over, 400, "EntityTooLarge", "over.jpg");
        using var at = await UploadAsync(Grants.Upload("at.jpg", Type, 1000), new byte[1000]);
        Assert.Equal(HttpStatusCode.NoContent, at.StatusCode);
    }

    [Fact]
    public async Task Without_any_one_of_its_fields_a_form_is_refused()
    {
        foreach (var missing in Grants.Upload("missing-field.jpg", Type, Limit).Keys)
        {
            var fields = Grants.Upload("missing-field.jpg", Type, Limit);
            fields.Remove(missing);
            using var response = await UploadAsync(fields, [1]);
            Assert.True((int)response.StatusCode is 400 or 403, $"without {missing}: {(int)response.StatusCode}");
            Assert.False(File.Exists(PathOf("missing-field.jpg")), missing);
        }
    }

    [Fact]
    public async Task Of_two_files_in_a_form_the_first_is_stored_alone()
    {
        using var form = Form(Grants.Upload("two.jpg", Type, Limit), [1, 2, 3]);
        form.Add(new ByteArrayContent(new byte[50]), "\"file\"", "\"second.jpg\"");
        form.Add(new StringContent("elsewhere.jpg"), "\"key\"");
        using var response = await Host.Client.PostAsync("_objects/photos", form);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(PathOf("two.jpg")));
        Assert.False(File.Exists(PathOf("elsewhere.jpg")));
    }

    [Fact]
    public async Task A_form_in_chunks_without_a_length_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "_objects/photos") { Content = Form(Grants.Upload("chunked.jpg", Type, Limit), new byte[100]) };
        request.Headers.TransferEncodingChunked = true;
        using var response = await Host.Client.SendAsync(request);
        await RefusedAsync(response, 411, "MissingContentLength", "chunked.jpg");
    }

    [Fact]
    public async Task A_grant_uploads_its_key_again_until_it_expires_and_the_last_one_stands()
    {
        var grant = Grants.Upload("again.jpg", Type, Limit);
        foreach (var content in (byte[][])[[1], [2, 2]])
        {
            using var stored = await UploadAsync(grant, content);
            Assert.Equal(HttpStatusCode.NoContent, stored.StatusCode);
        }

        Assert.Equal([2, 2], await Host.Client.GetByteArrayAsync(Grants.Download("again.jpg", 60)));
    }

    [Fact]
    public async Task A_changed_form_is_refused()
    {
        var cases = new (string Name, Action<Dictionary<string, string>> Change, int Status, string Code)[]
        {
            ("another key", fields => fields["key"] = "changed/other.jpg", 403, "AccessDenied"),
            ("another type", fields => fields["Content-Type"] = "text/html", 403, "AccessDenied"),
            ("an extra field", fields => fields["x-amz-meta-extra"] = "1", 403, "AccessDenied"),
            ("no policy", fields => fields.Remove("policy"), 403, "AccessDenied"),
            ("a wrong signature", fields => fields["x-amz-signature"] = new string('0', 64), 403, "SignatureDoesNotMatch"),
            ("a wider policy", fields => fields["policy"] = Convert.ToBase64String("{}"u8), 403, "SignatureDoesNotMatch"),
            ("another day", fields => fields["x-amz-date"] = "20200101T000000Z", 400, "AuthorizationQueryParametersError"),
            ("another access key", fields => fields["x-amz-credential"] = "OTHER" + fields["x-amz-credential"][5..], 403, "InvalidAccessKeyId"),
        };
        foreach (var (name, change, status, code) in cases)
        {
            var fields = Grants.Upload("changed.jpg", Type, Limit);
            change(fields);
            using var response = await UploadAsync(fields, [1]);
            var error = XDocument.Parse(await response.Content.ReadAsStringAsync());
            Assert.True((status, code) == ((int)response.StatusCode, error.Root!.Element("Code")!.Value), $"{name}: {(int)response.StatusCode} {error}");
        }

        Assert.False(File.Exists(PathOf("changed.jpg")));
        Assert.False(Directory.Exists(PathOf("changed")));
    }

    [Fact]
    public async Task An_expired_grant_is_refused()
    {
        using var late = await UploadAsync(Grants.Upload("late.jpg", Type, Limit, TimeSpan.FromSeconds(-1)), [1]);
        await RefusedAsync(late, 403, "AccessDenied", "late.jpg");
        Assert.Contains("Policy expired", await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var stored = await UploadAsync(Grants.Upload("expiring.jpg", Type, Limit), [1]);
        using var read = await Host.Client.GetAsync(Grants.Download("expiring.jpg", 5, TimeSpan.FromSeconds(-10)));
        Assert.Equal(HttpStatusCode.Forbidden, read.StatusCode);
    }

    [Theory]
    [InlineData("../escaped.jpg")]
    [InlineData("a/../../escaped.jpg")]
    [InlineData("/escaped.jpg")]
    [InlineData("a//b.jpg")]
    [InlineData("a/./b.jpg")]
    [InlineData("a\\..\\b.jpg")]
    public async Task A_key_cannot_leave_its_bucket_even_when_granted(string key)
    {
        using var response = await UploadAsync(Grants.Upload(key, Type, Limit), [1]);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.False(File.Exists(Path.Combine(Host.State, "objects", "escaped.jpg")));
    }

    [Theory]
    [InlineData("photos/a%2F..%2F..%2F..%2Fkeys%2Ftoken.pem")]
    [InlineData(".meta/photos/a.json")]
    [InlineData("%2e%2e/keys/token.pem")]
    public async Task A_download_cannot_leave_its_bucket(string path)
    {
        using var response = await Host.Client.GetAsync(Grants.DownloadPath("/_objects/" + path, 60));
        Assert.Contains((int)response.StatusCode, new[] { 403, 404 });
    }

    [Fact]
    public async Task A_download_needs_its_very_signature()
    {
        using var stored = await UploadAsync(Grants.Upload("signed.jpg", Type, Limit), [1]);
        using var other = await UploadAsync(Grants.Upload("other.jpg", Type, Limit), [2]);
        var good = Grants.Download("signed.jpg", 60);
        Assert.Equal([1], await Host.Client.GetByteArrayAsync(good));
        string[] changes =
            [good.Split('?')[0], good.Replace("signed.jpg", "other.jpg", StringComparison.Ordinal), good.Replace("=60&", "=6000&", StringComparison.Ordinal)];
        foreach (var changed in changes)
        {
            using var response = await Host.Client.GetAsync(changed);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }

        using var missing = await Host.Client.GetAsync(Grants.Download("missing.jpg", 60));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Contains("NoSuchKey", await missing.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_ends_in_the_middle_stores_nothing()
    {
        var whole = await Form(Grants.Upload("half.jpg", Type, Limit), new byte[50_000]).ReadAsByteArrayAsync();
        using var half = new ByteArrayContent(whole[..30_000]);
        half.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=edge");
        using var response = await Host.Client.PostAsync("_objects/photos", half);
        await RefusedAsync(response, 400, "MalformedPOSTRequest", "half.jpg");
    }

    [Fact]
    public async Task An_unknown_bucket_is_not_found()
    {
        using var response = await Host.Client.PostAsync("_objects/nowhere", Form(Grants.Upload("a.jpg", Type, Limit), [1]));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    internal static MultipartFormDataContent Form(Dictionary<string, string> fields, byte[] content)
    {
        var form = new MultipartFormDataContent("edge");
        foreach (var (name, value) in fields) form.Add(new StringContent(value), $"\"{name}\"");
        form.Add(new ByteArrayContent(content), "\"file\"", "\"photo.jpg\"");
        return form;
    }

    private Task<HttpResponseMessage> UploadAsync(Dictionary<string, string> fields, byte[] content) =>
        Host.Client.PostAsync("_objects/photos", Form(fields, content));

    private string PathOf(string key) => Path.Combine(Host.State, "objects", "photos", key);

    private async Task RefusedAsync(HttpResponseMessage response, int status, string code, string key)
    {
        var error = XDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal((status, code), ((int)response.StatusCode, error.Root!.Element("Code")!.Value));
        Assert.False(File.Exists(PathOf(key)));
        Assert.Empty(Directory.GetFiles(Path.Combine(Host.State, "objects", ".uploads")));
    }

    public sealed class Running : IAsyncLifetime
    {
        internal TestHost Host { get; private set; } = null!;

        public async Task InitializeAsync() =>
            Host = await TestHost.StartAsync(TestHost.Echo(TestHost.Function(concurrency: 1)) with { Buckets = [new BucketDefinition("photos", [])] });

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }
}

/// <summary>Signs grants as a function would, written apart from what checks them.</summary>
internal sealed class Grants(string[] key, int port)
{
    private readonly DateTimeOffset now = TimeProvider.System.GetUtcNow();

    public Dictionary<string, string> Upload(string name, string type, long maxBytes, TimeSpan? life = null)
    {
        var fields = new Dictionary<string, string>
        {
            ["key"] = name,
            ["Content-Type"] = type,
            ["x-amz-algorithm"] = "AWS4-HMAC-SHA256",
            ["x-amz-credential"] = $"{key[0]}/{Day(now)}/local-1/s3/aws4_request",
            ["x-amz-date"] = Time(now),
        };
        var conditions = new List<object> { new { bucket = "photos" }, new object[] { "content-length-range", 1, maxBytes } };
        conditions.AddRange(fields.Select(field => (object)new[] { "eq", "$" + field.Key, field.Value }));
        var expiration = now.Add(life ?? TimeSpan.FromMinutes(5)).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        fields["policy"] = Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(new { expiration, conditions }));
        fields["x-amz-signature"] = Sign(now, fields["policy"]);
        return fields;
    }

    public string Download(string name, int seconds, TimeSpan? age = null) =>
        DownloadPath("/_objects/photos/" + string.Join('/', name.Split('/').Select(Uri.EscapeDataString)), seconds, age);

    public string DownloadPath(string path, int seconds, TimeSpan? age = null)
    {
        var at = now.Add(age ?? TimeSpan.Zero);
        var scope = $"{Day(at)}/local-1/s3/aws4_request";
        var credential = Uri.EscapeDataString($"{key[0]}/{scope}");
        var query = $"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={credential}&X-Amz-Date={Time(at)}&X-Amz-Expires={seconds}&X-Amz-SignedHeaders=host";
        var canonical = $"GET\n{path}\n{query}\nhost:127.0.0.1:{port}\n\nhost\nUNSIGNED-PAYLOAD";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        return $"http://127.0.0.1:{port}{path}?{query}&X-Amz-Signature={Sign(at, $"AWS4-HMAC-SHA256\n{Time(at)}\n{scope}\n{hash}")}";
    }

    private string Sign(DateTimeOffset at, string text)
    {
        var signing = Encoding.UTF8.GetBytes("AWS4" + key[1]);
        foreach (var step in (string[])[Day(at), "local-1", "s3", "aws4_request", text]) signing = HMACSHA256.HashData(signing, Encoding.UTF8.GetBytes(step));
        return Convert.ToHexStringLower(signing);
    }

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
}
