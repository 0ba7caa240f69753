using Npgsql;

namespace DomainFlow.DbInit.Tenants;

/// <summary>Partitions of one tenant's own, for incidents and image_evidence.</summary>
internal static class DedicatedPartitions
{
    private static readonly string[] Tables = ["incidents", "image_evidence"];

    /// <summary>Whether the tenant has partitions of its own.</summary>
    public static async Task<bool> ExistAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Guid tenant, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT to_regclass($1) IS NOT NULL", connection, transaction);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = $"public.{NameOf("incidents", tenant)}" });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Makes them. PostgreSQL locks DEFAULT and reads all of it, to see that it holds no row that belongs into the new one.</summary>
    /// <returns>False while DEFAULT holds rows of the tenant; the transaction is then of no more use.</returns>
    public static async Task<bool> CreateAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Guid tenant, CancellationToken cancellationToken)
    {
        if (await HasPooledRowsAsync(connection, transaction, tenant, cancellationToken)) return false;
        try
        {
            await ExecuteAsync("SET LOCAL lock_timeout = '3s'", connection, transaction, cancellationToken);
            foreach (var table in Tables)
            {
                await ExecuteAsync(
                    $"CREATE TABLE public.{NameOf(table, tenant)} PARTITION OF public.{table} FOR VALUES IN ('{tenant:D}')",
                    connection, transaction, cancellationToken);
            }

            return true;
        }
        catch (PostgresException written) when (written.SqlState == PostgresErrorCodes.CheckViolation)
        {
            return false;
        }
    }

    private static async Task<bool> HasPooledRowsAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Guid tenant, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT EXISTS (SELECT FROM public.incidents_default WHERE tenant_id = $1)
                OR EXISTS (SELECT FROM public.image_evidence_default WHERE tenant_id = $1)
            """,
            connection, transaction);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = tenant });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static string NameOf(string table, Guid tenant) => $"{table}_tenant_{tenant:N}";

    private static async Task ExecuteAsync(string sql, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // DDL takes no parameters: a UUID is written as hex digits.
        await using var command = new NpgsqlCommand(sql, connection, transaction);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
