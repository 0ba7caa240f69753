namespace DomainFlow.Domain.Search;

/// <summary>Search cannot be reached, or takes no more work just now: the same call may pass later.</summary>
public sealed class SearchUnavailableException(string reason, Exception? inner = null) : Exception($"Search is not available: {reason}", inner);

/// <summary>Search will never take the document as it stands.</summary>
public sealed class SearchRefusedException(Guid id, string reason) : Exception($"Search refuses document {id}: {reason}")
{
    public Guid Id { get; } = id;

    public string Reason { get; } = reason;
}
