using System.Text.Json.Serialization;
using Amazon.Lambda.Core;

namespace DomainFlow.StandIns.Function;

internal sealed record Order(string Do, string? Text);

internal sealed record Answer
{
    public string? Text { get; init; }

    public string? RequestId { get; init; }

    public string? FunctionName { get; init; }

    public string? InvokedFunctionArn { get; init; }

    public int? MemoryLimitInMB { get; init; }

    public double? RemainingSeconds { get; init; }

    public string? TraceId { get; init; }

    public string? TraceVariable { get; init; }

    public string? ProvidedTraceId { get; init; }

    public string? AppTitle { get; init; }

    public string? Custom { get; init; }

    public string? IdentityId { get; init; }

    public long? HeapLimit { get; init; }
}

[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Answer))]
internal sealed partial class FunctionJson : JsonSerializerContext;

internal static class Handler
{
    public static async Task<Answer> HandleAsync(Order order, ILambdaContext context)
    {
        await Task.Yield();
        switch (order.Do)
        {
            case "throw":
                throw new InvalidOperationException("the report is gone", new TimeoutException("no answer in 3 s"));
            case "throw many":
                throw new AggregateException(new TimeoutException("first"), new FormatException("second"));
            case "log":
                Log(context);
                break;
            case "describe":
                return Describe(context);
        }

        return new Answer { Text = order.Text };
    }

    private static void Log(ILambdaContext context)
    {
        context.Logger.LogDebug("too fine");
        context.Logger.LogInformation("took {count} of {total}", 3, 4);
        context.Logger.LogWarning("{0} before {1}", "first", "second");
        context.Logger.LogError(new TimeoutException("no answer"), "stored {name}", "nothing");
        LambdaLogger.Log("plain");
        Console.WriteLine("to the console");
        Console.Error.WriteLine("to standard error");
    }

    private static Answer Describe(ILambdaContext context) => new()
    {
        RequestId = context.AwsRequestId,
        FunctionName = context.FunctionName,
        InvokedFunctionArn = context.InvokedFunctionArn,
        MemoryLimitInMB = context.MemoryLimitInMB,
        RemainingSeconds = context.RemainingTime.TotalSeconds,
        TraceId = context.TraceId,
        TraceVariable = Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID"),
        ProvidedTraceId = LambdaTraceProvider.CurrentTraceId,
        AppTitle = context.ClientContext?.Client?.AppTitle,
        Custom = context.ClientContext?.Custom?["key"],
        IdentityId = context.Identity?.IdentityId,
        HeapLimit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
    };
}
