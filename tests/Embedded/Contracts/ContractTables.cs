using System.Text.Json.Nodes;
using DomainFlow.Domain.Storage;
using DomainFlow.Topology;

namespace DomainFlow.Embedded.Tests.Contracts;

/// <summary>Two tables that between them have every feature: any store under contract makes them.</summary>
public static class ContractTables
{
    /// <summary>A bare key, indexes of each projection (all but one sparse), a stream, and expiry.</summary>
    public const string Things = "things";

    /// <summary>A partition and a sort key, and nothing else.</summary>
    public const string Parts = "parts";

    public const string ByOwner = "owner-created-index";

    /// <summary>Under the name of the one index that a worker reads over all tenants.</summary>
    public const string Open = Topology.Tables.UnfinishedIndex;

    /// <summary>Keys only, among which the tenant is.</summary>
    public const string ByTenant = "tenant-seen-index";

    /// <summary>Keys only, and none of them tells whose the item is.</summary>
    public const string Ownerless = "ownerless-index";

    public static IReadOnlyList<TableDefinition> All { get; } =
    [
        new(Things, "thing_id", null,
            [
                new(ByOwner, "owner", "created_at"),
                new(Open, "open_shard", "updated_at", IndexProjection.KeysAndTenant),
                new(ByTenant, "tenant_id", "seen_at", IndexProjection.KeysOnly),
                new(Ownerless, "color", null, IndexProjection.KeysOnly),
            ],
            StreamView.KeysOnly, "expires_at"),
        new(Parts, "thing_id", "part_id"),
    ];

    public static JsonObject Thing(Guid tenant, string id, long version = 1) =>
        new() { ["thing_id"] = id, ["tenant_id"] = tenant.ToString(), ["version"] = version };

    public static JsonObject Owned(Guid tenant, string id, string owner, string createdAt)
    {
        var item = Thing(tenant, id);
        item["owner"] = owner;
        item["created_at"] = createdAt;
        return item;
    }

    public static TableWrite Put(JsonObject item, WriteCondition? condition = null) => new TableWrite.Put(Things, item, condition ?? WriteCondition.None);

    public static TableWrite Delete(string id, WriteCondition? condition = null) =>
        new TableWrite.Delete(Things, new ItemKey(id), condition ?? WriteCondition.None);

    public static string NewId() => Guid.NewGuid().ToString();
}
