namespace DomainFlow.Search.Writing;

/// <summary>What became of one document of a batch.</summary>
public abstract record WriteOutcome(Guid Id)
{
    /// <summary>The index holds it now.</summary>
    public sealed record Stored(Guid Id) : WriteOutcome(Id);

    /// <summary>The index held this version or a later one: nothing is left to do.</summary>
    public sealed record Superseded(Guid Id) : WriteOutcome(Id);

    /// <summary>The index will never take it as it stands: a dead letter.</summary>
    public sealed record Refused(Guid Id, string Reason) : WriteOutcome(Id);

    /// <summary>Not in the time there was; the same document may be taken later.</summary>
    public sealed record Unavailable(Guid Id, string Reason) : WriteOutcome(Id);
}
