namespace DomainFlow.Search.Indexes;

/// <summary>The index that is there was made for other vectors or by another release: it must be made anew and filled from the reports.</summary>
public sealed class SearchIndexMismatchException(string index, string difference)
    : Exception($"The search index {index} cannot be used: {difference}. Use another index prefix, or delete the index and have the reports projected again.");
