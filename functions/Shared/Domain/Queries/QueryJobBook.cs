using System.Text.Json;
using System.Text.Json.Nodes;
using DomainFlow.Domain.Json;
using DomainFlow.Domain.Storage;

namespace DomainFlow.Domain.Queries;

/// <summary>Query jobs as items: reads and conditional writes.</summary>
public sealed class QueryJobBook(ITableStore tables)
{
    public const string Table = "QueryJobs";

    public async Task<QueryJob?> FindAsync(Guid query, Guid tenant, CancellationToken cancellationToken) =>
        Read(await tables.GetAsync(Table, KeyOf(query), tenant, cancellationToken));

    public async Task<QueryJob?> FindForWorkerAsync(Guid query, CancellationToken cancellationToken) =>
        Read(await tables.GetForWorkerAsync(Table, KeyOf(query), cancellationToken));

    /// <returns>False where the idempotency key was used before.</returns>
    public async Task<bool> AddAsync(QueryJob job, IdempotencyRecord? idempotency, CancellationToken cancellationToken)
    {
        var put = new TableWrite.Put(Table, Write(job), WriteCondition.IfAbsent);
        if (idempotency is null)
        {
            return await tables.WriteAsync(put, job.TenantId, cancellationToken);
        }

        var record = JsonSerializer.SerializeToNode(idempotency, DomainJson.Default.IdempotencyRecord)!.AsObject();
        return await tables.TransactAsync(
            [new TableWrite.Put(IdempotencyRecord.Table, record, WriteCondition.IfAbsent), put],
            job.TenantId,
            cancellationToken) is null;
    }

    /// <summary>Writes the job if its stored version is still <paramref name="expectedVersion"/>.</summary>
    public Task<bool> SaveAsync(QueryJob job, long expectedVersion, CancellationToken cancellationToken) =>
        tables.WriteAsync(new TableWrite.Put(Table, Write(job), WriteCondition.IfVersion(expectedVersion)), job.TenantId, cancellationToken);

    /// <summary>Writes the job as <see cref="SaveAsync"/> does and, with it or not at all, what else is given.</summary>
    public async Task<bool> SaveWithAsync(QueryJob job, long expectedVersion, IReadOnlyList<TableWrite> more, CancellationToken cancellationToken) =>
        await tables.TransactAsync(
            [new TableWrite.Put(Table, Write(job), WriteCondition.IfVersion(expectedVersion)), .. more], job.TenantId, cancellationToken) is null;

    private static ItemKey KeyOf(Guid query) => new(query.ToString());

    private static JsonObject Write(QueryJob job) => JsonSerializer.SerializeToNode(job, DomainJson.Default.QueryJob)!.AsObject();

    private static QueryJob? Read(JsonObject? item) => item?.Deserialize(DomainJson.Default.QueryJob);
}
