using System.Text.Json.Nodes;

namespace DomainFlow.Domain.Storage;

/// <summary>
/// A small, closed port over keyed items, the shape of DynamoDB. An item is a JSON object that holds its table's keys, <c>tenant_id</c>
/// and, where it is updated, a number <c>version</c>; what else it may hold, <see cref="ItemLimits"/> tells. A tenant never meets another's
/// item: Get does not find it, writes fail on condition.
/// </summary>
public interface ITableStore
{
    /// <summary>The item, read consistently; null where there is none of this tenant's.</summary>
    Task<JsonObject?> GetAsync(string table, ItemKey key, Guid tenant, CancellationToken cancellationToken);

    /// <summary>The item whoever owns it: for workers, whose messages carry ids only. What follows is done as the item's tenant.</summary>
    Task<JsonObject?> GetForWorkerAsync(string table, ItemKey key, CancellationToken cancellationToken);

    /// <summary>Writes one item on its condition.</summary>
    /// <returns>False where the condition does not hold (or the item is another tenant's).</returns>
    Task<bool> WriteAsync(TableWrite write, Guid tenant, CancellationToken cancellationToken);

    /// <summary>Writes at most four items, all or none.</summary>
    /// <returns>Null when written; else the place in <paramref name="writes"/> of the first whose condition does not hold.</returns>
    Task<int?> TransactAsync(IReadOnlyList<TableWrite> writes, Guid tenant, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes those of the items that are the tenant's, however many; what is another's stays, what is not there is deleted already. It is no
    /// transaction: one that is broken off has deleted some.
    /// </summary>
    Task DeleteManyAsync(string table, IReadOnlyList<ItemKey> keys, Guid tenant, CancellationToken cancellationToken);

    /// <summary>
    /// Items of one partition of a table or an index, in the order of the sort key. A page is full while there are more. An index may show an
    /// item as it was a moment ago; one that does not hold the expiry may name an item that has just expired.
    /// </summary>
    /// <exception cref="InvalidPositionException">The position is not one of this query's.</exception>
    Task<ItemPage> QueryAsync(string table, ItemQuery query, Guid tenant, CancellationToken cancellationToken);

    /// <summary>Keys and owners of what is unfinished, whoever owns it: for the worker that looks after all tenants.</summary>
    /// <exception cref="ArgumentException">The query names another index than that of what is unfinished.</exception>
    Task<ItemPage> QueryForWorkerAsync(string table, ItemQuery query, CancellationToken cancellationToken);
}

/// <summary>Values of a table's partition and sort key.</summary>
public sealed record ItemKey(string Partition, string? Sort = null);

/// <summary>What must hold for a write to happen, beside that the item is the caller's.</summary>
public abstract record WriteCondition
{
    private WriteCondition()
    {
    }

    public static WriteCondition None { get; } = new Always();

    public static WriteCondition IfAbsent { get; } = new Absent();

    /// <summary>The stored item's <c>version</c> is this one.</summary>
    public static WriteCondition IfVersion(long version) => new Version(version);

    public sealed record Always : WriteCondition;

    public sealed record Absent : WriteCondition;

    public sealed record Version(long Expected) : WriteCondition;
}

/// <summary>A write of a whole item, or a delete.</summary>
public abstract record TableWrite(string Table, WriteCondition Condition)
{
    public sealed record Put(string Table, JsonObject Item, WriteCondition Condition) : TableWrite(Table, Condition);

    public sealed record Delete(string Table, ItemKey Key, WriteCondition Condition) : TableWrite(Table, Condition);
}

/// <param name="Index">Name of the index; null for the table itself.</param>
/// <param name="Partition">Value of the partition key.</param>
/// <param name="From">Lowest sort key, inclusive.</param>
/// <param name="To">Highest sort key, inclusive.</param>
/// <param name="Position">Where an earlier page ended (<see cref="ItemPage.Next"/>).</param>
public sealed record ItemQuery(
    string? Index,
    string Partition,
    string? From = null,
    string? To = null,
    bool Descending = false,
    int Limit = 100,
    string? Position = null);

/// <param name="Next">Where the next page starts; null at the end.</param>
public sealed record ItemPage(IReadOnlyList<JsonObject> Items, string? Next);
