namespace DomainFlow.Search.Wire;

/// <summary>A document's <c>_id</c>: the tenant stands in it, so that none can write another's.</summary>
internal static class DocumentId
{
    public static string Of(Guid tenant, Guid id) => $"{tenant}:{id}";
}
