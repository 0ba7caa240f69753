using System.Text.Json;
using System.Text.Json.Nodes;
using DomainFlow.Domain.Json;
using DomainFlow.Domain.Storage;

namespace DomainFlow.Domain.Reports;

/// <summary>Reports as items: reads and conditional writes.</summary>
public sealed class ReportBook(ITableStore tables)
{
    public const string Table = "Reports";

    public async Task<Report?> FindAsync(Guid incident, Guid tenant, CancellationToken cancellationToken) =>
        Read(await tables.GetAsync(Table, KeyOf(incident), tenant, cancellationToken));

    /// <summary>For the worker that is told ids only.</summary>
    public async Task<Report?> FindForWorkerAsync(Guid incident, CancellationToken cancellationToken) =>
        Read(await tables.GetForWorkerAsync(Table, KeyOf(incident), cancellationToken));

    /// <summary>Stores a new report, with the record of its idempotency key where it has one.</summary>
    /// <returns>False where the key was used before.</returns>
    public async Task<bool> AddAsync(Report report, IdempotencyRecord? idempotency, CancellationToken cancellationToken)
    {
        var put = new TableWrite.Put(Table, Write(report), WriteCondition.IfAbsent);
        if (idempotency is null)
        {
            return await tables.WriteAsync(put, report.TenantId, cancellationToken);
        }

        var record = JsonSerializer.SerializeToNode(idempotency, DomainJson.Default.IdempotencyRecord)!.AsObject();
        return await tables.TransactAsync(
            [new TableWrite.Put(IdempotencyRecord.Table, record, WriteCondition.IfAbsent), put],
            report.TenantId,
            cancellationToken) is null;
    }

    /// <summary>Writes the report if its stored version is still <paramref name="expectedVersion"/>.</summary>
    public Task<bool> SaveAsync(Report report, long expectedVersion, CancellationToken cancellationToken) =>
        tables.WriteAsync(new TableWrite.Put(Table, Write(report), WriteCondition.IfVersion(expectedVersion)), report.TenantId, cancellationToken);

    private static ItemKey KeyOf(Guid incident) => new(incident.ToString());

    private static JsonObject Write(Report report) => JsonSerializer.SerializeToNode(report, DomainJson.Default.Report)!.AsObject();

    private static Report? Read(JsonObject? item) => item?.Deserialize(DomainJson.Default.Report);
}
