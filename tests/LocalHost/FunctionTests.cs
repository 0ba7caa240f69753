using System.Net;
using DomainFlow.Local;
using DomainFlow.Topology;

namespace DomainFlow.LocalHost.Tests;

public sealed class FunctionTests
{
    [Fact]
    public async Task A_function_is_stopped_between_invocations_and_answers_after()
    {
        await using var host = await TestHost.StartAsync();
        for (var round = 0; round < 3; round++)
        {
            using var response = await host.CommandAsync(new { command = "about" });
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            await Eventually.TrueAsync(() => host.System.ProcessIds("Echo").All(id => ProcessTable.State(id) == 'T'), "all processes are stopped");
        }
    }

    [Fact]
    public async Task Without_freezing_a_function_runs_on()
    {
        await using var host = await TestHost.StartAsync(change: options => options with { Freeze = false });
        using var response = await host.CommandAsync(new { command = "about" });
        Assert.All(host.System.ProcessIds("Echo"), id => Assert.NotEqual('T', ProcessTable.State(id)));
    }

    [Fact]
    public async Task A_function_that_dies_is_a_502_and_starts_again()
    {
        await using var host = await TestHost.StartAsync(TestHost.Echo(TestHost.Function(concurrency: 1)));
        var first = host.System.ProcessIds("Echo").Single();
        using var died = await host.CommandAsync(new { command = "die" });
        Assert.Equal(HttpStatusCode.BadGateway, died.StatusCode);
        Assert.Equal("internal_error", (await TestHost.ProblemAsync(died))["error_code"]!.ToString());
        using var after = await host.CommandAsync(new { command = "about" });
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.NotEqual(first, (await TestHost.ReadAsync(after))["pid"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_function_that_throws_goes_on_in_the_same_process()
    {
        await using var host = await TestHost.StartAsync(TestHost.Echo(TestHost.Function(concurrency: 1)));
        using var thrown = await host.CommandAsync(new { command = "throw" });
        Assert.Equal(HttpStatusCode.BadGateway, thrown.StatusCode);
        using var after = await host.CommandAsync(new { command = "about" });
        Assert.Equal(host.System.ProcessIds("Echo").Single(), (await TestHost.ReadAsync(after))["pid"]!.GetValue<int>());
    }

    [Fact]
    public async Task An_invocation_past_its_time_out_is_killed_with_its_process()
    {
        await using var host = await TestHost.StartAsync(TestHost.Echo(TestHost.Function(timeout: 1, concurrency: 1)));
        var first = host.System.ProcessIds("Echo").Single();
        using var response = await host.InvokeAsync("Echo", new { command = "hang" });
        Assert.Equal("Unhandled", response.Headers.GetValues("X-Amz-Function-Error").Single());
        Assert.Equal("Sandbox.Timedout", (await TestHost.ReadAsync(response))["errorType"]!.ToString());
        await Eventually.TrueAsync(() => ProcessTable.IsGone(first), "the late process is gone");
        using var after = await host.CommandAsync(new { command = "about" });
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task Two_invocations_run_at_the_same_time_in_two_processes()
    {
        await using var host = await TestHost.StartAsync();
        var folder = host.Folder("meeting");
        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => host.CommandAsync(new { command = "meet", folder, guests = 2 })));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Fact]
    public async Task Without_a_free_process_in_time_a_call_is_throttled()
    {
        var system = TestHost.Echo(TestHost.Function(concurrency: 1));
        await using var host = await TestHost.StartAsync(system, options => options with { AcquireBound = TimeSpan.FromMilliseconds(100) });
        var folder = host.Folder("meeting");
        var busy = host.CommandAsync(new { command = "meet", folder, guests = 2 });
        await Eventually.TrueAsync(() => Directory.GetFiles(folder).Length == 1, "the only process is busy");
        using var throttled = await host.CommandAsync(new { command = "about" });
        Assert.Equal(HttpStatusCode.TooManyRequests, throttled.StatusCode);
        Assert.NotNull(throttled.Headers.RetryAfter);
        await File.WriteAllTextAsync(Path.Combine(folder, "second guest"), "");
        using var answer = await busy;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task An_invocation_knows_its_function_its_deadline_and_its_variables()
    {
        var variable = new EnvironmentVariable("TABLE_THINGS", VariableSource.TableName, "Things");
        var notHere = new EnvironmentVariable("DB_SECRET_ARN", VariableSource.DatabaseSecret, Scope: VariableScope.Deployment);
        await using var host = await TestHost.StartAsync(TestHost.Echo(TestHost.Function(timeout: 20, variables: [variable, notHere])));
        var before = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        using var response = await host.CommandAsync(new { command = "about" });
        var about = await TestHost.ReadAsync(response);
        Assert.Equal("arn:aws:lambda:local-1:000000000000:function:Echo", about["arn"]!.ToString());
        Assert.InRange(about["deadline"]!.GetValue<long>(), before + 19_000, before + 25_000);
        Assert.Matches("^Root=1-[0-9a-f]{8}-[0-9a-f]{24};", about["trace"]!.ToString());
        (string Name, string? Value)[] expected = [("TABLE_THINGS", "Things"), ("AWS_REGION", "local-1"), ("DB_SECRET_ARN", null), ("HOME", null)];
        foreach (var (name, value) in expected)
        {
            using var answer = await host.CommandAsync(new { command = "variable", name });
            Assert.Equal(value, (await TestHost.ReadAsync(answer))["value"]?.ToString());
        }
    }

    [Theory]
    [InlineData("error", "Echo could not start: Echo.Init: DB_HOST is not set")]
    [InlineData("exit", "Echo could not start: exit status 3: no reason to live")]
    [InlineData("hang", "Echo did not start within 2 seconds")]
    public async Task A_function_that_cannot_start_is_one_clear_line(string how, string line)
    {
        var system = TestHost.Echo(TestHost.Function(variables: new EnvironmentVariable("ECHO_INIT", VariableSource.Literal, how)));
        var failure = await Assert.ThrowsAsync<HostException>(() =>
            TestHost.StartAsync(system, options => how == "hang" ? options with { StartupBound = TimeSpan.FromSeconds(2) } : options));
        Assert.Equal(line, failure.Message);
    }

    [Fact]
    public async Task Stopping_lets_a_running_invocation_end_and_leaves_no_process()
    {
        var host = await TestHost.StartAsync();
        var processes = host.System.ProcessIds("Echo");
        var folder = host.Folder("meeting");
        var running = host.CommandAsync(new { command = "meet", folder, guests = 2 });
        await Eventually.TrueAsync(() => Directory.GetFiles(folder).Length == 1, "the invocation runs");
        var stopping = host.System.DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(folder, "second guest"), "");
        using var answer = await running;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await stopping;
        Assert.All(processes, id => Assert.True(ProcessTable.IsGone(id)));
        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_taken_port_is_one_clear_line()
    {
        await using var first = await TestHost.StartAsync();
        var failure = await Assert.ThrowsAsync<HostException>(() => TestHost.StartAsync(change: options => options with { Port = first.System.Port }));
        Assert.Equal($"Port {first.System.Port} is taken: choose another with --port", failure.Message);
    }
}
