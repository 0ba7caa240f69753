using DomainFlow.DbInit.Schema;
using DomainFlow.DbInit.Tenants;
using DomainFlow.Postgres;
using Npgsql;

namespace DomainFlow.DbInit.UseCases;

/// <summary>Makes a tenant with its domains, all or nothing; harmless to repeat.</summary>
public sealed class MakeTenant(NpgsqlDataSource database, TimeProvider clock)
{
    /// <returns>What is in the way; null when the tenant stands as asked.</returns>
    public async Task<FieldError?> RunAsync(TenantRequest request, WorkLog log, CancellationToken cancellationToken)
    {
        await using var connection = await PostgresDataSource.OpenAsync(database, cancellationToken);
        await using var held = await SchemaLock.AcquireAsync(connection, clock, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

        if (await UnknownTimeZoneAsync(connection, transaction, request, cancellationToken) is { } unknown) return unknown;
        log.Add($"tenant {request.Id}", await WriteTenantAsync(connection, transaction, request, cancellationToken));
        foreach (var domain in request.Domains)
            log.Add($"domain {domain.DomainId}", await DomainRows.WriteAsync(connection, transaction, request.Id, domain, cancellationToken));
        if (request.Dedicated && await DedicateAsync(connection, transaction, request.Id, log, cancellationToken) is { } refused) return refused;

        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    private static async Task<RowChange> WriteTenantAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, TenantRequest request, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            INSERT INTO public.tenants AS t (id, tenant_name) VALUES ($1, $2)
            ON CONFLICT (id) DO UPDATE SET tenant_name = EXCLUDED.tenant_name WHERE t.tenant_name <> EXCLUDED.tenant_name
            RETURNING xmax = 0
            """, connection, transaction);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = request.Id });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = request.Name });
        return await command.ExecuteUpsertAsync(cancellationToken);
    }

    private static async Task<FieldError?> DedicateAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Guid tenant, WorkLog log, CancellationToken cancellationToken)
    {
        if (await DedicatedPartitions.ExistAsync(connection, transaction, tenant, cancellationToken))
        {
            log.AlreadyThere($"partitions of {tenant}");
            return null;
        }

        try
        {
            if (!await DedicatedPartitions.CreateAsync(connection, transaction, tenant, cancellationToken))
                return new FieldError("tenant.dedicated", "The tenant has reports in the shared partitions: a tenant is dedicated before its first report.");
        }
        catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return new FieldError("tenant.dedicated", "The shared partitions are in use, and could not be locked within 3 seconds: try again.");
        }

        log.Created($"partitions of {tenant}");
        return null;
    }

    // The server's list: the machine that a function runs on may have no time zones at all.
    private static async Task<FieldError?> UnknownTimeZoneAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, TenantRequest request, CancellationToken cancellationToken)
    {
        var named = request.Domains.Select(domain => domain.TimeZone).OfType<string>().Distinct().ToArray();
        if (named.Length == 0) return null;
        await using var command = new NpgsqlCommand(
            "SELECT n FROM unnest($1) AS n WHERE n NOT IN (SELECT name FROM pg_timezone_names) LIMIT 1", connection, transaction);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = named });
        if (await command.ExecuteScalarAsync(cancellationToken) is not string unknown) return null;
        var place = request.Domains.TakeWhile(domain => domain.TimeZone != unknown).Count();
        return new FieldError($"tenant.domains[{place}].time_zone", $"'{unknown}' is not an IANA time zone.");
    }
}
