using Npgsql;

namespace DomainFlow.Postgres;

/// <summary>All incidents of a tenant, for whoever compares them with their source.</summary>
public sealed class IncidentInventory(NpgsqlDataSource database)
{
    /// <summary>A page in the order of the ids.</summary>
    /// <param name="after">The last id of the page before.</param>
    public async Task<IReadOnlyList<IncidentMark>> PageAsync(Guid tenant, Guid? after, int limit, CancellationToken cancellationToken)
    {
        await using var session = await TenantSession.BeginAsync(database, tenant, cancellationToken);
        return await session.QueryAsync<IncidentMark>(
            "SELECT id, version FROM incidents WHERE tenant_id = @tenant AND id > @after ORDER BY id LIMIT @limit",
            values =>
            {
                values.AddWithValue("after", after ?? Guid.Empty);
                values.AddWithValue("limit", limit);
            },
            cancellationToken);
    }
}

/// <summary>Which version of a report its row shows.</summary>
public sealed record IncidentMark(Guid Id, long Version);
