namespace DomainFlow.Search.Wire;

/// <summary>
/// A document's <c>_version</c>, which OpenSearch lets only grow: twice ours, and one more for a tombstone. So a tombstone replaces the
/// document of its version, and neither that nor an older one comes back.
/// </summary>
internal readonly record struct StoredVersion(long Value)
{
    public long Version => Value / 2;

    public static StoredVersion OfDocument(long version) => new(checked(version * 2));

    public static StoredVersion OfTombstone(long version) => new(checked((version * 2) + 1));
}
