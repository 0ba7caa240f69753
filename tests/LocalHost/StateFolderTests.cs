using System.Net;
using DomainFlow.Local;

namespace DomainFlow.LocalHost.Tests;

/// <summary>What the state folder holds is its owner's alone.</summary>
public sealed class StateFolderTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("domainflow-state-");

    private string State => Path.Combine(folder.FullName, "state");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_new_folder_is_readable_by_its_owner_alone()
    {
        await StartOnceAsync();
        Assert.Equal("711", Mode("."));
        foreach (var name in (string[])["keys", "objects", "log"]) Assert.Equal((name, "700"), (name, Mode(name)));
        foreach (var key in (string[])["operator.key", "objects.key", "token.pem"]) Assert.Equal((key, "600"), (key, Mode("keys/" + key)));
    }

    [Fact]
    public async Task An_earlier_releases_folder_is_closed_at_start()
    {
        foreach (var name in (string[])["keys", "objects", "log", "imports", "postgres"]) Directory.CreateDirectory(Path.Combine(State, name));
        await File.WriteAllTextAsync(Path.Combine(State, "keys", "objects.key"), "LOCALOLD\nsecret\n");
        await File.WriteAllTextAsync(Path.Combine(State, "tenant.json"), "{}");
        await StartOnceAsync();
        Assert.Equal(("711", "700", "700", "700", "700", "755"), (Mode("."), Mode("keys"), Mode("objects"), Mode("log"), Mode("imports"), Mode("postgres")));
        Assert.Equal(("600", "600"), (Mode("keys/objects.key"), Mode("tenant.json")));
        Assert.StartsWith("LOCALOLD", await File.ReadAllTextAsync(Path.Combine(State, "keys", "objects.key")), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Another_user_reads_nothing_and_passes_through_to_the_database()
    {
        Skip.IfNot(Shell.IsRoot && Shell.Has("setpriv"), "only root can act as another user");
        Directory.CreateDirectory(Path.Combine(State, "postgres"));
        await File.WriteAllTextAsync(Path.Combine(State, "postgres", "ca.pem"), "for all");
        await StartOnceAsync();
        File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_101_101);
        Assert.Equal((0, "for all"), await Shell.RunAsync($"cat {State}/postgres/ca.pem", Shell.FreeUser));
        foreach (var path in (string[])["", "/keys", "/keys/operator.key", "/keys/token.pem", "/objects", "/log", "/log/host.log"])
        {
            var (code, output) = await Shell.RunAsync($"ls {State}{path} && cat {State}{path}", Shell.FreeUser);
            Assert.True(code != 0 && output.Contains("Permission denied", StringComparison.Ordinal), path + ": " + output);
        }
    }

    [SkippableFact]
    public async Task Credentials_are_refused_to_another_user_in_one_line()
    {
        Skip.IfNot(Shell.IsRoot && Shell.Has("setpriv"), "only root can act as another user");
        Skip.IfNot(File.Exists(Shell.LocalHost), $"there is no {Shell.LocalHost}");
        await StartOnceAsync();
        File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_101_101);
        var command = $"'{Shell.LocalHost}' credentials --state {State} --url http://127.0.0.1:1";
        var (code, output) = await Shell.RunAsync(command);
        Assert.True(code == 0 && output.Contains("export AWS_SECRET_ACCESS_KEY='", StringComparison.Ordinal), output);
        (code, output) = await Shell.RunAsync(command, Shell.FreeUser);
        Assert.True(code == 1 && output.Contains("belongs to another user", StringComparison.Ordinal) && output.Split('\n').Length == 2, output);
    }

    [Fact]
    public async Task A_folder_that_others_write_to_is_no_state_folder()
    {
        Directory.CreateDirectory(State);
        File.SetUnixFileMode(State, (UnixFileMode)0b001_111_111_111);
        var refused = await Assert.ThrowsAsync<HostException>(StartOnceAsync);
        Assert.Contains("--state", refused.Message, StringComparison.Ordinal);
        Assert.Equal("1777", Mode("."));
    }

    [Fact]
    public async Task The_Runtime_API_answers_only_the_functions()
    {
        await using var host = await TestHost.StartAsync();
        using var answer = await host.CommandAsync(new { command = "variable", name = "AWS_LAMBDA_RUNTIME_API" });
        var address = (string)(await TestHost.ReadAsync(answer))["value"]!;
        Assert.Matches("^127[.]0[.]0[.]1:[0-9]+/[0-9a-f]{32}/Echo/[0-9]$", address);
        using var client = new HttpClient();
        var guessed = string.Join('/', address.Split('/').Select((part, place) => place == 1 ? new string('0', 32) : part));
        using var refused = await client.GetAsync(new Uri($"http://{guessed}/2018-06-01/runtime/invocation/next"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    private async Task StartOnceAsync()
    {
        var options = new HostOptions(TestHost.Echo(), State, _ => TestHost.Executable);
        await using var system = await LocalSystem.StartAsync(options, TextWriter.Null, colour: false, CancellationToken.None);
    }

    private string Mode(string name) => Convert.ToString((int)File.GetUnixFileMode(Path.Combine(State, name)), 8);
}
