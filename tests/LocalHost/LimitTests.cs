using System.Net;
using System.Net.Sockets;
using System.Text;
using DomainFlow.Local;
using DomainFlow.Local.Console;
using DomainFlow.Topology;

namespace DomainFlow.LocalHost.Tests;

/// <summary>What a disk or a caller takes up is bounded.</summary>
public sealed class LimitTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("domainflow-limits-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_log_is_set_aside_past_its_bound_and_three_earlier_ones_are_kept()
    {
        var path = Path.Combine(folder.FullName, "log", "host.log");
        using (var log = new HostLog(_ => { }, colour: false, TimeProvider.System, maxFileBytes: 1000))
        {
            log.OpenFile(path);
            for (var i = 0; i < 200; i++) log.Plain($"line {i:000} {new string('x', 40)}");
        }

        var names = Directory.GetFiles(Path.GetDirectoryName(path)!).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal);
        Assert.Equal(["host.log", "host.log.1", "host.log.2", "host.log.3"], names);
        var lines = new[] { ".3", ".2", ".1", "" }.SelectMany(part => File.ReadAllLines(path + part)).ToList();
        Assert.Equal(Enumerable.Range(200 - lines.Count, lines.Count).Select(i => $"line {i:000}"), lines.Select(line => line[..8]));
        Assert.All(Directory.GetFiles(Path.GetDirectoryName(path)!), file => Assert.InRange(new FileInfo(file).Length, 1, 1000));
    }

    [SkippableFact]
    public void A_log_on_a_full_disk_ends_nothing()
    {
        Skip.IfNot(File.Exists("/dev/full"), "there is no /dev/full");
        using var log = new HostLog(_ => { }, colour: false, TimeProvider.System);
        log.OpenFile("/dev/full");
        log.Plain("lost");
        log.Plain("lost too");
    }

    [Fact]
    public async Task One_connection_too_many_is_closed_and_an_idle_one_is_closed_in_time()
    {
        await using var host = await TestHost.StartAsync(change: options => options with { MaxConnections = 2, KeepAlive = TimeSpan.FromSeconds(1) });
        using var first = await ConnectAsync(host);
        using var second = await ConnectAsync(host);
        Assert.StartsWith("HTTP/1.1 ", await AskAsync(first), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 ", await AskAsync(second), StringComparison.Ordinal);
        using var third = await ConnectAsync(host);
        Assert.Equal("", await AskAsync(third));
        // Idle, the first two are closed, and there is room again.
        await UntilClosedAsync(first);
        await UntilClosedAsync(second);
        using var again = await host.Client.GetAsync("/.well-known/jwks.json");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [SkippableFact]
    public async Task A_full_disk_is_a_503_and_nothing_is_half_written()
    {
        Skip.IfNot(Shell.IsRoot, "only root can mount a small disk");
        var objects = Directory.CreateDirectory(Path.Combine(folder.FullName, "objects")).FullName;
        var (code, output) = await Shell.RunAsync($"mount -t tmpfs -o size=128k tmpfs {objects}");
        Skip.IfNot(code == 0, "a disk cannot be mounted here: " + output);
        try
        {
            await FillAsync(objects);
        }
        finally
        {
            (code, output) = await Shell.RunAsync($"umount {objects}");
            Assert.True(code == 0, output);
        }
    }

    private async Task FillAsync(string objects)
    {
        var system = TestHost.Echo() with { Buckets = [new BucketDefinition("photos", [])] };
        await using var host = await TestHost.StartAsync(system, options => options with { StateFolder = folder.FullName });
        var key = await File.ReadAllLinesAsync(Path.Combine(folder.FullName, "keys", "objects.key"));
        var grants = new Grants(key, host.System.Port);
        using (var small = await UploadAsync(host, grants, 1000)) Assert.Equal(HttpStatusCode.NoContent, small.StatusCode);
        using (var full = await UploadAsync(host, grants, 300_000))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, full.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(30), full.Headers.RetryAfter?.Delta);
        }

        Assert.Equal(1000, new FileInfo(Path.Combine(objects, "photos", "a.jpg")).Length);
        Assert.Empty(Directory.GetFiles(Path.Combine(objects, ".uploads")));
        using var after = await UploadAsync(host, grants, 2000);
        Assert.Equal(HttpStatusCode.NoContent, after.StatusCode);
    }

    private static Task<HttpResponseMessage> UploadAsync(TestHost host, Grants grants, int bytes) =>
        host.Client.PostAsync("_objects/photos", ObjectsTests.Form(grants.Upload("a.jpg", "image/jpeg", 1_000_000), new byte[bytes]));

    private static async Task<TcpClient> ConnectAsync(TestHost host)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, host.System.Port);
        return client;
    }

    private static async Task<string> AskAsync(TcpClient client)
    {
        try
        {
            await client.GetStream().WriteAsync("GET /open HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"u8.ToArray());
            return await ReadAsync(client);
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>What is left of the answer before, then the end.</summary>
    private static async Task UntilClosedAsync(TcpClient client)
    {
        while (await ReadAsync(client) != "")
        {
        }
    }

    /// <summary>What comes next; nothing once the other side has closed.</summary>
    private static async Task<string> ReadAsync(TcpClient client)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            return Encoding.ASCII.GetString(buffer, 0, await client.GetStream().ReadAsync(buffer));
        }
        catch (IOException)
        {
            return "";
        }
    }
}
