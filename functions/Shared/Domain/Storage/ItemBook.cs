using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using DomainFlow.Domain.Json;

namespace DomainFlow.Domain.Storage;

/// <summary>A record that is an item of a tenant's.</summary>
public interface IItem
{
    Guid Id { get; }

    Guid TenantId { get; }
}

/// <summary>Items of one table as records: reads and conditional writes.</summary>
public abstract class ItemBook<T>(ITableStore tables, string table, string idAttribute, JsonTypeInfo<T> type)
    where T : class, IItem
{
    public async Task<T?> FindAsync(Guid id, Guid tenant, CancellationToken cancellationToken) =>
        Read(await tables.GetAsync(table, KeyOf(id), tenant, cancellationToken));

    /// <summary>For the worker that is told ids only.</summary>
    public async Task<T?> FindForWorkerAsync(Guid id, CancellationToken cancellationToken) =>
        Read(await tables.GetForWorkerAsync(table, KeyOf(id), cancellationToken));

    /// <summary>A page of one partition of an index.</summary>
    public async Task<(IReadOnlyList<T> Items, string? Next)> QueryAsync(ItemQuery query, Guid tenant, CancellationToken cancellationToken)
    {
        var page = await tables.QueryAsync(table, query, tenant, cancellationToken);
        return ([.. page.Items.Select(item => Read(item)!)], page.Next);
    }

    /// <summary>Ids of what is unfinished in a shard, the longest unchanged first, whoever owns it.</summary>
    public async Task<(IReadOnlyList<Guid> Ids, string? Next)> UnfinishedForWorkerAsync(ItemQuery query, CancellationToken cancellationToken)
    {
        var page = await tables.QueryForWorkerAsync(table, query, cancellationToken);
        return ([.. page.Items.Select(item => Guid.Parse((string)item[idAttribute]!))], page.Next);
    }

    /// <summary>Stores a new item and, in the same transaction, the record of its request's idempotency key where it had one.</summary>
    public async Task<Addition<T>> AddAsync(T item, IdempotencyRecord? request, CancellationToken cancellationToken)
    {
        var put = new TableWrite.Put(table, Write(item), WriteCondition.IfAbsent);
        if (request is null)
        {
            return await tables.WriteAsync(put, item.TenantId, cancellationToken)
                ? new Addition<T>.Added(item)
                : throw new InvalidOperationException($"{table} holds {item.Id} already");
        }

        var record = JsonSerializer.SerializeToNode(request, DomainJson.Default.IdempotencyRecord)!.AsObject();
        var place = await tables.TransactAsync(
            [new TableWrite.Put(IdempotencyRecord.Table, record, WriteCondition.IfAbsent), put], item.TenantId, cancellationToken);
        return place is null ? new Addition<T>.Added(item) : await EarlierAsync(request, cancellationToken);
    }

    /// <summary>Writes the item if its stored version is still <paramref name="expectedVersion"/>.</summary>
    public Task<bool> SaveAsync(T item, long expectedVersion, CancellationToken cancellationToken) =>
        tables.WriteAsync(Save(item, expectedVersion), item.TenantId, cancellationToken);

    /// <summary>Writes the item as <see cref="SaveAsync"/> does and, with it or not at all, what else is given.</summary>
    public async Task<bool> SaveWithAsync(T item, long expectedVersion, IReadOnlyList<TableWrite> more, CancellationToken cancellationToken) =>
        await tables.TransactAsync([Save(item, expectedVersion), .. more], item.TenantId, cancellationToken) is null;

    private async Task<Addition<T>> EarlierAsync(IdempotencyRecord mine, CancellationToken cancellationToken)
    {
        var item = await tables.GetAsync(IdempotencyRecord.Table, new(mine.IdempotencyKey), mine.TenantId, cancellationToken);
        if (item?.Deserialize(DomainJson.Default.IdempotencyRecord) is not { } first)
        {
            return new Addition<T>.Unsettled();
        }

        return first.RequestHash != mine.RequestHash ? new Addition<T>.KeyReused()
            : await FindAsync(first.ResultId, mine.TenantId, cancellationToken) is { } earlier ? new Addition<T>.Repeated(earlier)
            : new Addition<T>.Gone();
    }

    private TableWrite.Put Save(T item, long expectedVersion) => new(table, Write(item), WriteCondition.IfVersion(expectedVersion));

    private static ItemKey KeyOf(Guid id) => new(id.ToString());

    private JsonObject Write(T item) => JsonSerializer.SerializeToNode(item, type)!.AsObject();

    private T? Read(JsonObject? item) => item?.Deserialize(type);
}

/// <summary>What became of an addition under an idempotency key.</summary>
public abstract record Addition<T>
{
    private Addition()
    {
    }

    public sealed record Added(T Item) : Addition<T>;

    /// <summary>The same request made this before.</summary>
    public sealed record Repeated(T Item) : Addition<T>;

    /// <summary>Another request used the key.</summary>
    public sealed record KeyReused : Addition<T>;

    /// <summary>What the key made has been deleted since.</summary>
    public sealed record Gone : Addition<T>;

    /// <summary>The key's record came and went meanwhile: another try will tell.</summary>
    public sealed record Unsettled : Addition<T>;
}
