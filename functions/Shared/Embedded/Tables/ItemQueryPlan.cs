using System.Text.Json.Nodes;
using DomainFlow.Domain.Storage;
using DomainFlow.Topology;
using Npgsql;
using static DomainFlow.Embedded.Parameters;

namespace DomainFlow.Embedded.Tables;

/// <summary>One statement for a query of a table or of an index, forwards or backwards; it reads one item more than the page holds.</summary>
internal sealed class ItemQueryPlan
{
    public const int MaxLimit = 1000;

    private const string Visible = "($7 IS NULL OR i.tenant_id = $7) AND (i.expires_at IS NULL OR i.expires_at > $8)";

    private const string OfTable = $"""
        SELECT '', i.partition_key, i.sort_key, i.item::text FROM embedded.items i
        WHERE i.table_name = $1 AND i.partition_key = $3 AND {Visible}
          AND ($4 IS NULL OR i.sort_key >= $4) AND ($5 IS NULL OR i.sort_key <= $5)
        """;

    private const string OfIndex = $"""
        SELECT e.index_sort, e.partition_key, e.sort_key, i.item::text
        FROM embedded.index_entries e JOIN embedded.items i USING (table_name, partition_key, sort_key)
        WHERE e.table_name = $1 AND e.index_name = $2 AND e.index_partition = $3 AND {Visible}
          AND ($4 IS NULL OR e.index_sort >= $4) AND ($5 IS NULL OR e.index_sort <= $5)
        """;

    // $9 to $11: the last key of the page before. A query of the table takes the same parameters and leaves those of an index alone.
    private const string TableForwards = $"{OfTable} AND ($11 IS NULL OR i.sort_key > $11) ORDER BY i.sort_key LIMIT $6";

    private const string TableBackwards = $"{OfTable} AND ($11 IS NULL OR i.sort_key < $11) ORDER BY i.sort_key DESC LIMIT $6";

    private const string IndexForwards = $"""
        {OfIndex} AND ($9 IS NULL OR (e.index_sort, e.partition_key, e.sort_key) > ($9, $10, $11))
        ORDER BY e.index_sort, e.partition_key, e.sort_key LIMIT $6
        """;

    private const string IndexBackwards = $"""
        {OfIndex} AND ($9 IS NULL OR (e.index_sort, e.partition_key, e.sort_key) < ($9, $10, $11))
        ORDER BY e.index_sort DESC, e.partition_key DESC, e.sort_key DESC LIMIT $6
        """;

    private readonly TableDefinition table;
    private readonly IndexDefinition? index;
    private readonly ItemQuery query;
    private readonly QueryPosition? position;

    private ItemQueryPlan(TableDefinition table, IndexDefinition? index, ItemQuery query)
    {
        this.table = table;
        this.index = index;
        this.query = query;
        position = QueryPosition.Read(table.Name, query);
    }

    public string Sql => (index is null, query.Descending) switch
    {
        (true, false) => TableForwards,
        (true, true) => TableBackwards,
        (false, false) => IndexForwards,
        (false, true) => IndexBackwards,
    };

    /// <exception cref="ArgumentException">The table has no such index, there is no sort key to bound, or the limit is not 1 to 1000.</exception>
    /// <exception cref="InvalidPositionException">The position is not one of this query's.</exception>
    public static ItemQueryPlan For(TableDefinition table, ItemQuery query)
    {
        var index = query.Index is null ? null : table.Indexes.SingleOrDefault(i => i.Name == query.Index)
            ?? throw new ArgumentException($"{table.Name} has no index {query.Index}.", nameof(query));
        if ((index is null ? table.SortKey : index.SortKey) is null && (query.From ?? query.To) is not null)
            throw new ArgumentException($"{query.Index ?? table.Name} has no sort key to bound.", nameof(query));
        if (query.Limit is < 1 or > MaxLimit)
            throw new ArgumentException($"A page holds 1 to {MaxLimit} items, not {query.Limit}.", nameof(query));
        if (index is not null && !index.GivesTenant(table))
        {
            throw new ArgumentException(
                $"{query.Index} of {table.Name} does not give {ItemKeys.TenantId}: nobody could tell whose its items are.", nameof(query));
        }

        ItemKeys.Check(query.Partition, index?.PartitionKey ?? table.PartitionKey, table.Name, isSort: false);
        return new ItemQueryPlan(table, index, query);
    }

    public NpgsqlParameter[] Parameters(Guid? tenant, long now) =>
    [
        Text(table.Name), Text(index?.Name), Text(query.Partition), Text(query.From), Text(query.To), Long(query.Limit + 1), Id(tenant), Long(now),
        Text(position?.IndexSort), Text(position?.Partition), Text(position?.Sort),
    ];

    public JsonObject Project(JsonObject item) =>
        index is { Projection: not IndexProjection.All } ? ItemKeys.Project(item, table, index) : item;
}
