using System.Text.Json.Nodes;

namespace DomainFlow.StandIns;

/// <summary>What a function logs, in text and as JSON.</summary>
public sealed class RuntimeLogTests : IDisposable
{
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(60));

    public void Dispose() => _patience.Dispose();

    [Fact]
    public async Task A_line_of_text_bears_time_request_and_level()
    {
        var (output, errors) = await LogsAsync();

        var lines = output.Split('\n').Select(line => line.Split('\t')).ToList();
        Assert.All(lines.Where(line => line.Length > 3), line => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", line[0]));
        Assert.Contains(lines, line => line is [_, "log-1", "info", "took 3 of 4"]);
        Assert.Contains(lines, line => line is [_, "log-1", "warn", "first before second"]);
        Assert.Contains(lines, line => line is [_, "log-1", "fail", "stored nothing"]);
        Assert.Contains(lines, line => line is ["System.TimeoutException: no answer"]);
        Assert.Contains(lines, line => line is [_, "log-1", "info", "to the console"]);
        Assert.Contains("\tlog-1\tfail\tto standard error\n", errors, StringComparison.Ordinal);
        Assert.Contains("plain", output, StringComparison.Ordinal);
        Assert.DoesNotContain("too fine", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DEBUG", "too fine")]
    [InlineData("WARN", "first before second")]
    [InlineData("ERROR", "stored nothing")]
    public async Task The_level_decides_what_is_written(string level, string firstLine)
    {
        var (output, _) = await LogsAsync(("AWS_LAMBDA_LOG_LEVEL", level));

        Assert.EndsWith(firstLine, output.Split('\n')[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_JSON_the_arguments_are_properties()
    {
        var (output, _) = await LogsAsync(("AWS_LAMBDA_LOG_FORMAT", "JSON"));

        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
        var took = lines.Single(line => (string?)line["message"] == "took 3 of 4");
        Assert.Equal("Information", (string?)took["level"]);
        Assert.Equal("log-1", (string?)took["requestId"]);
        Assert.Equal(3, (int?)took["count"]);
        var failed = lines.Single(line => (string?)line["message"] == "stored nothing");
        Assert.Equal("Error", (string?)failed["level"]);
        Assert.Equal("System.TimeoutException", (string?)failed["errorType"]);
        Assert.Contains(lines, line => (string?)line["message"] == "to the console");
    }

    private async Task<(string Output, string Errors)> LogsAsync(params (string, string)[] environment)
    {
        await using var api = await FakeRuntimeApi.StartAsync(_patience.Token);
        await using var function = FunctionProcess.Start(api.Endpoint, environment);
        api.Invoke("log-1", """{"Do":"log"}""");
        await api.CallAsync(_patience.Token);
        return await function.StopAsync(_patience.Token);
    }
}
