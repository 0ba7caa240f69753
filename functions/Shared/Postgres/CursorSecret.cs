using Npgsql;

namespace DomainFlow.Postgres;

/// <summary>The key of the database with which cursors are sealed: the same in every process, read once in each.</summary>
public sealed class CursorSecret(NpgsqlDataSource database)
{
    private byte[]? _secret;

    /// <exception cref="NpgsqlException">The database cannot be reached, or refuses.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> GetAsync(Guid tenant, CancellationToken cancellationToken) =>
        _secret ??= (await TenantBatch.ReadAsync(
            database, tenant, "SELECT cursor_secret()", null, reader => reader.GetFieldValue<byte[]>(0), cancellationToken)).Single();
}
