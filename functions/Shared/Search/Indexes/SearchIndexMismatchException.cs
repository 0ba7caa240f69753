namespace DomainFlow.Search.Indexes;

/// <summary>The index that is there was made for other vectors or by another release: it must be made anew and filled from the reports.</summary>
public sealed class SearchIndexMismatchException(string index, string difference)
    : Exception(
        $"The search index {index} cannot be used: {difference}. Set another SEARCH_INDEX_PREFIX, or delete the index; then let DbInit make the new one "
        + "and reconcile each tenant with \"fix\", which projects its reports again.");
