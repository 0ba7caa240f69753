using System.Collections.Concurrent;

namespace DomainFlow.Judge.Tests.Recording;

/// <summary>One request of the run as it came over the wire, and how it was answered.</summary>
/// <param name="Caller">Whose session token signed it: function/NAME, pipe/NAME or host; empty where nobody's did.</param>
/// <param name="Service">As IAM names it: dynamodb, s3, es or secretsmanager.</param>
/// <param name="Path">As it was sent, with its escapes.</param>
public sealed record RecordedCall(string Caller, string Service, string Method, string Path)
{
    /// <summary>Names and values of the address; a name without a value has an empty one.</summary>
    public IReadOnlyDictionary<string, string> Query { get; init; } = new Dictionary<string, string>();

    /// <summary>The last part of X-Amz-Target.</summary>
    public string? Operation { get; init; }

    /// <summary>A JSON or XML body.</summary>
    public string? Body { get; init; }

    /// <summary>Fields of an upload form before its file.</summary>
    public IReadOnlyDictionary<string, string> Form { get; init; } = new Dictionary<string, string>();

    /// <summary>Of a copy: <c>bucket/key</c>.</summary>
    public string? CopySource { get; init; }

    public int Status { get; init; } = 200;

    public bool Succeeded => Status is >= 200 and < 300;

    public override string ToString() =>
        $"{(Caller.Length == 0 ? "nobody" : Caller)}: {Service} {Operation ?? Method} {Path}{(Query.Count == 0 ? "" : "?" + string.Join('&', Query.Keys))} {Status}";
}

/// <summary>All calls of a run, in the order in which they were answered.</summary>
public sealed class CallLog
{
    private readonly ConcurrentQueue<RecordedCall> calls = new();

    public IReadOnlyList<RecordedCall> Calls => [.. calls];

    public void Add(RecordedCall call) => calls.Enqueue(call);
}
