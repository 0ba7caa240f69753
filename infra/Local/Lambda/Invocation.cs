using System.Text.Json;

namespace DomainFlow.Local.Lambda;

/// <summary>What came of an invocation.</summary>
internal abstract record InvocationResult
{
    private InvocationResult()
    {
    }

    /// <summary>The function's answer, as it sent it.</summary>
    public sealed record Answered(ReadOnlyMemory<byte> Payload) : InvocationResult;

    /// <summary>The function failed, died or took too long; the payload is Lambda's error object.</summary>
    public sealed record Failed(string ErrorType, string Message, ReadOnlyMemory<byte> Payload) : InvocationResult
    {
        public static Failed Of(string errorType, string message) =>
            new(errorType, message, JsonSerializer.SerializeToUtf8Bytes(new { errorType, errorMessage = message }));
    }

    /// <summary>No process was free within the bound, or the host is stopping: nothing ran.</summary>
    public sealed record Throttled : InvocationResult;
}

/// <summary>Who waits for the answer: background work never takes a function's last process from people.</summary>
internal enum InvocationKind
{
    Interactive,
    Background,
}

/// <summary>One invocation on its way through a process.</summary>
internal sealed class Invocation(string requestId, ReadOnlyMemory<byte> payload, string traceId)
{
    private readonly TaskCompletionSource<InvocationResult> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string RequestId { get; } = requestId;

    public ReadOnlyMemory<byte> Payload { get; } = payload;

    public string TraceId { get; } = traceId;

    /// <summary>Set when a process takes it.</summary>
    public DateTimeOffset Deadline { get; set; }

    public LogTail Log { get; } = new();

    public Task<InvocationResult> Completion => completion.Task;

    public void Complete(InvocationResult result) => completion.TrySetResult(result);
}
