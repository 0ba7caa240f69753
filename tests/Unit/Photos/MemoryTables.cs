using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using DomainFlow.Domain.Storage;

namespace DomainFlow.Unit.Tests.Photos;

/// <summary>Reports and accounts, in memory, with the conditions of a table. What a test wants to happen at a call happens before it.</summary>
internal sealed class MemoryTables : ITableStore
{
    private readonly ConcurrentDictionary<string, (Guid Tenant, long Version, string Json)> items = new();

    public Func<Task> BeforeRead { get; set; } = () => Task.CompletedTask;

    public Func<Task> BeforeWrite { get; set; } = () => Task.CompletedTask;

    public async Task<JsonObject?> GetAsync(string table, ItemKey key, Guid tenant, CancellationToken cancellationToken)
    {
        await BeforeRead();
        return items.TryGetValue(key.Partition, out var found) && found.Tenant == tenant ? JsonNode.Parse(found.Json)!.AsObject() : null;
    }

    public Task<JsonObject?> GetForWorkerAsync(string table, ItemKey key, CancellationToken cancellationToken) => throw new NotSupportedException();

    public async Task<bool> WriteAsync(TableWrite write, Guid tenant, CancellationToken cancellationToken)
    {
        await BeforeWrite();
        var item = ((TableWrite.Put)write).Item;
        var (key, put) = ((string)(item["incident_id"] ?? item["userId"])!, (tenant, (long?)item["version"] ?? 0, item.ToJsonString()));
        return write.Condition is WriteCondition.Version expected
            ? items.TryGetValue(key, out var known) && known.Version == expected.Expected && items.TryUpdate(key, put, known)
            : items.TryAdd(key, put);
    }

    public Task<int?> TransactAsync(IReadOnlyList<TableWrite> writes, Guid tenant, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task DeleteManyAsync(string table, IReadOnlyList<ItemKey> keys, Guid tenant, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<ItemPage> QueryForWorkerAsync(string table, ItemQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ItemPage> QueryAsync(string table, ItemQuery query, Guid tenant, CancellationToken cancellationToken) => throw new NotSupportedException();
}
