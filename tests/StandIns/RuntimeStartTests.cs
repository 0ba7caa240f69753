namespace DomainFlow.StandIns;

/// <summary>How a process starts: its initialiser, and the snapshot of SnapStart.</summary>
public sealed class RuntimeStartTests : IDisposable
{
    private static readonly (string, string) SnapStart = ("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");

    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(60));

    private CancellationToken Token => _patience.Token;

    public void Dispose() => _patience.Dispose();

    [Fact]
    public async Task An_initialiser_that_throws_is_reported_and_ends_the_process()
    {
        await using var api = await FakeRuntimeApi.StartAsync(Token);
        await using var function = FunctionProcess.Start(api.Endpoint, ("TEST_INIT", "throw"));

        var error = await api.CallAsync(Token);
        var end = await function.EndAsync(Token);

        Assert.Equal("init/error", error.Path);
        Assert.Equal("application/vnd.aws.lambda.error+json", error.Headers["Content-Type"]);
        Assert.Equal("DB_HOST is not set", (string?)error.Json["errorMessage"]);
        Assert.Equal(134, end.ExitCode);
    }

    [Fact]
    public async Task An_initialiser_that_throws_under_SnapStart_ends_the_process_with_1()
    {
        await using var api = await FakeRuntimeApi.StartAsync(Token);
        await using var function = FunctionProcess.Start(api.Endpoint, ("TEST_INIT", "throw"), SnapStart);

        Assert.Equal("init/error", (await api.CallAsync(Token)).Path);
        Assert.Equal(1, (await function.EndAsync(Token)).ExitCode);
    }

    [Fact]
    public async Task An_initialiser_that_says_false_ends_the_process_quietly()
    {
        await using var api = await FakeRuntimeApi.StartAsync(Token);
        await using var function = FunctionProcess.Start(api.Endpoint, ("TEST_INIT", "stop"));

        Assert.Equal(0, (await function.EndAsync(Token)).ExitCode);
        Assert.True(api.HasNoCall);
    }

    [Fact]
    public async Task Without_a_Runtime_API_the_process_fails_at_once()
    {
        await using var function = FunctionProcess.Start(null);

        Assert.NotEqual(0, (await function.EndAsync(Token)).ExitCode);
    }

    [Fact]
    public async Task SnapStart_runs_the_hooks_around_the_restore()
    {
        await using var api = await FakeRuntimeApi.StartAsync(Token);
        await using var function = FunctionProcess.Start(api.Endpoint, SnapStart);

        Assert.Equal("restore/next", (await api.CallAsync(Token)).Path);
        api.Invoke("a-1", """{"Do":"echo"}""");
        Assert.Equal("invocation/a-1/response", (await api.CallAsync(Token)).Path);
        var (output, _) = await function.StopAsync(Token);
        Assert.True(output.IndexOf("hook before", StringComparison.Ordinal) < output.IndexOf("hook after", StringComparison.Ordinal));
        Assert.Contains("hook before", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hook_that_fails_after_the_restore_is_reported_as_such()
    {
        await using var api = await FakeRuntimeApi.StartAsync(Token);
        await using var function = FunctionProcess.Start(api.Endpoint, SnapStart, ("TEST_HOOK_FAILS", "after"));

        Assert.Equal("restore/next", (await api.CallAsync(Token)).Path);
        var error = await api.CallAsync(Token);

        Assert.Equal("restore/error", error.Path);
        Assert.Equal("hook after failed", (string?)error.Json["errorMessage"]);
        Assert.Equal(0, (await function.EndAsync(Token)).ExitCode);
    }

    [Fact]
    public async Task A_hook_that_fails_before_the_snapshot_is_an_initialisation_that_failed()
    {
        await using var api = await FakeRuntimeApi.StartAsync(Token);
        await using var function = FunctionProcess.Start(api.Endpoint, SnapStart, ("TEST_HOOK_FAILS", "before"));

        var error = await api.CallAsync(Token);

        Assert.Equal("init/error", error.Path);
        Assert.Equal("hook before failed", (string?)error.Json["errorMessage"]);
        Assert.Equal(0, (await function.EndAsync(Token)).ExitCode);
    }
}
