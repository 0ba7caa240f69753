namespace DomainFlow.Embedded.Search;

/// <summary>A document as the vector search sees it.</summary>
/// <param name="Unit">Its embedding, of length 1.</param>
internal sealed record StoredVector(Guid Id, string DomainId, DateTimeOffset CreatedAt, float[] Unit)
{
    /// <summary>What one takes in memory, about.</summary>
    public const long Bytes = (Domain.Search.SearchIndexes.Dimensions * sizeof(float)) + 160;
}
