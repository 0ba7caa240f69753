namespace DomainFlow.Topology;

/// <summary>A DynamoDB table. All key attributes are strings.</summary>
/// <param name="TimeToLive">Attribute with the expiry in epoch seconds, if items expire.</param>
public sealed record TableDefinition(
    string Name,
    string PartitionKey,
    string? SortKey = null,
    IReadOnlyList<IndexDefinition>? SecondaryIndexes = null,
    StreamView Stream = StreamView.None,
    string? TimeToLive = null)
{
    public IReadOnlyList<IndexDefinition> Indexes { get; } = SecondaryIndexes ?? [];

    /// <summary>Variable that carries the table's physical name.</summary>
    public string Variable => "TABLE_" + Name.ToUpperInvariant();
}

/// <summary>A global secondary index; an item that lacks one of its keys is not in it.</summary>
public sealed record IndexDefinition(string Name, string PartitionKey, string? SortKey = null, IndexProjection Projection = IndexProjection.All)
{
    /// <summary>Whether what the index holds of an item includes <c>tenant_id</c>.</summary>
    public bool GivesTenant(TableDefinition table) =>
        Projection != IndexProjection.KeysOnly || new[] { PartitionKey, SortKey, table.PartitionKey, table.SortKey }.Contains("tenant_id");
}

public enum IndexProjection
{
    All,
    KeysOnly,

    /// <summary>The keys and <c>tenant_id</c>: for a worker that looks after all tenants.</summary>
    KeysAndTenant,
}

public enum StreamView
{
    None,
    KeysOnly,
    NewAndOldImages,
}

/// <summary>An S3 bucket: versioned, encrypted, private.</summary>
public sealed record BucketDefinition(string Name, IReadOnlyList<LifecycleRule> Lifecycle)
{
    /// <summary>Variable that carries the bucket's physical name.</summary>
    public string Variable => "BUCKET_" + Name.ToUpperInvariant();
}

/// <summary>What happens to objects below a prefix as they age (days); a null is never.</summary>
public sealed record LifecycleRule(
    string Id,
    string Prefix = "",
    int? InfrequentAccessAfterDays = null,
    int? InstantRetrievalAfterDays = null,
    int? ExpireAfterDays = null,
    int? DropIncompleteUploadsAfterDays = null);
