using System.Globalization;

namespace DomainFlow.StandIns;

/// <summary>The runtime client, seen from the Runtime API: invocations in, answers and errors out.</summary>
public sealed class RuntimeSupportTests : IDisposable
{
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(60));

    private CancellationToken Token => _patience.Token;

    public void Dispose() => _patience.Dispose();

    [Fact]
    public async Task An_answer_goes_to_the_invocation_that_asked()
    {
        await using var api = await FakeRuntimeApi.StartAsync(Token);
        await using var function = FunctionProcess.Start(api.Endpoint);

        foreach (var id in new[] { "a-1", "a-2" })
        {
            api.Invoke(id, $$"""{"Do":"echo","Text":"größer {{id}}"}""");
            var call = await api.CallAsync(Token);

            Assert.Equal($"invocation/{id}/response", call.Path);
            Assert.Equal("application/json", call.Headers["Content-Type"]);
            Assert.Equal($$"""{"Text":"größer {{id}}"}""", call.Body);
        }
    }

    [Fact]
    public async Task A_handler_that_throws_is_reported_and_the_loop_goes_on()
    {
        await using var api = await FakeRuntimeApi.StartAsync(Token);
        await using var function = FunctionProcess.Start(api.Endpoint);

        api.Invoke("b-1", """{"Do":"throw"}""");
        var error = await api.CallAsync(Token);
        api.Invoke("b-2", """{"Do":"echo","Text":"still here"}""");
        var next = await api.CallAsync(Token);

        Assert.Equal("invocation/b-1/error", error.Path);
        Assert.Equal("application/vnd.aws.lambda.error+json", error.Headers["Content-Type"]);
        Assert.Equal("InvalidOperationException", error.Headers["Lambda-Runtime-Function-Error-Type"]);
        Assert.Contains("\"the report is gone\"", error.Headers["Lambda-Runtime-Function-XRay-Error-Cause"], StringComparison.Ordinal);
        Assert.Equal("InvalidOperationException", (string?)error.Json["errorType"]);
        Assert.Equal("the report is gone", (string?)error.Json["errorMessage"]);
        Assert.Contains("HandleAsync", (string?)error.Json["stackTrace"]![0], StringComparison.Ordinal);
        Assert.Equal("TimeoutException", (string?)error.Json["cause"]!["errorType"]);
        Assert.Equal("invocation/b-2/response", next.Path);
        Assert.Contains("still here", next.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_aggregate_of_errors_is_reported_with_all_its_causes()
    {
        await using var api = await FakeRuntimeApi.StartAsync(Token);
        await using var function = FunctionProcess.Start(api.Endpoint);

        api.Invoke("c-1", """{"Do":"throw many"}""");
        var error = await api.CallAsync(Token);

        Assert.Equal(["first", "second"], error.Json["causes"]!.AsArray().Select(cause => (string?)cause!["errorMessage"]));
    }

    [Fact]
    public async Task An_event_that_is_not_JSON_is_reported_and_the_loop_goes_on()
    {
        await using var api = await FakeRuntimeApi.StartAsync(Token);
        await using var function = FunctionProcess.Start(api.Endpoint);

        api.Invoke("d-1", "{not json");
        var error = await api.CallAsync(Token);
        api.Invoke("d-2", """{"Do":"echo"}""");
        var next = await api.CallAsync(Token);

        Assert.Equal("JsonSerializerException", (string?)error.Json["errorType"]);
        Assert.Equal("invocation/d-2/response", next.Path);
    }

    [Fact]
    public async Task The_context_carries_what_Lambda_says_about_the_invocation()
    {
        await using var api = await FakeRuntimeApi.StartAsync(Token);
        await using var function = FunctionProcess.Start(api.Endpoint, ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "192"));
        var deadline = TimeProvider.System.GetUtcNow().AddSeconds(300).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

        api.Invoke(
            "e-1",
            """{"Do":"describe"}""",
            ("Lambda-Runtime-Deadline-Ms", deadline),
            ("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-west-1:123456789012:function:ingest"),
            ("Lambda-Runtime-Trace-Id", "Root=1-2-3"),
            ("Lambda-Runtime-Client-Context", """{"client":{"app_title":"Reporter"},"custom":{"key":"value"}}"""),
            ("Lambda-Runtime-Cognito-Identity", """{"cognitoIdentityId":"someone","cognitoIdentityPoolId":"pool"}"""));
        var context = (await api.CallAsync(Token)).Json;

        Assert.Equal("e-1", (string?)context["RequestId"]);
        Assert.Equal("ingest", (string?)context["FunctionName"]);
        Assert.Equal("arn:aws:lambda:eu-west-1:123456789012:function:ingest", (string?)context["InvokedFunctionArn"]);
        Assert.Equal(192, (int?)context["MemoryLimitInMB"]);
        Assert.InRange((double)context["RemainingSeconds"]!, 200, 300);
        Assert.Equal("Root=1-2-3", (string?)context["TraceId"]);
        Assert.Equal("Root=1-2-3", (string?)context["TraceVariable"]);
        Assert.Equal("Root=1-2-3", (string?)context["ProvidedTraceId"]);
        Assert.Equal("Reporter", (string?)context["AppTitle"]);
        Assert.Equal("value", (string?)context["Custom"]);
        Assert.Equal("someone", (string?)context["IdentityId"]);
        Assert.Equal(192 * 1024 * 1024, (long?)context["HeapLimit"]);
    }

    [Fact]
    public async Task A_trace_id_does_not_outlive_its_invocation()
    {
        await using var api = await FakeRuntimeApi.StartAsync(Token);
        await using var function = FunctionProcess.Start(api.Endpoint);

        api.Invoke("f-1", """{"Do":"describe"}""", ("Lambda-Runtime-Trace-Id", "Root=1-2-3"));
        await api.CallAsync(Token);
        api.Invoke("f-2", """{"Do":"describe"}""");
        var context = (await api.CallAsync(Token)).Json;

        Assert.Null(context["TraceId"]);
        Assert.Null(context["TraceVariable"]);
        Assert.Null(context["ProvidedTraceId"]);
        Assert.True((double)context["RemainingSeconds"]! < 0);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    [InlineData(500)]
    public async Task A_refused_answer_ends_the_process(int status)
    {
        await using var api = await FakeRuntimeApi.StartAsync(Token);
        await using var function = FunctionProcess.Start(api.Endpoint);

        api.Status = status;
        api.Invoke("g-1", """{"Do":"echo"}""");
        var end = await function.EndAsync(Token);

        Assert.Equal(134, end.ExitCode);
        Assert.Contains("RuntimeApiClientException", end.Errors, StringComparison.Ordinal);
    }
}
