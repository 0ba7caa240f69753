using Npgsql;

namespace DomainFlow.Postgres;

/// <summary>
/// Statements as one tenant in one round trip: a batch is one implicit transaction, of which all takes place or nothing. The tenant is
/// bound as <c>@tenant</c> in each. A batch whose connection was lost is sent once more.
/// </summary>
public static class TenantBatch
{
    /// <summary>Rows of one statement that only reads.</summary>
    /// <exception cref="NpgsqlException">The database cannot be reached, or refuses.</exception>
    public static Task<IReadOnlyList<T>> ReadAsync<T>(
        NpgsqlDataSource database,
        Guid tenant,
        string sql,
        Action<NpgsqlParameterCollection>? bind,
        Func<NpgsqlDataReader, T> row,
        CancellationToken cancellationToken) =>
        TwiceAsync<IReadOnlyList<T>>(database, async () =>
        {
            await using var batch = Batch(database, tenant, [Statement(sql, bind)]);
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            await reader.NextResultAsync(cancellationToken);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellationToken)) rows.Add(row(reader));
            return rows;
        });

    /// <param name="statements">Made anew by each call; a second run of them must change nothing.</param>
    /// <returns>How many rows each statement changed, in their order.</returns>
    /// <exception cref="NpgsqlException">The database cannot be reached, or refuses: nothing is changed.</exception>
    public static Task<IReadOnlyList<long>> WriteAsync(
        NpgsqlDataSource database, Guid tenant, Func<IReadOnlyList<NpgsqlBatchCommand>> statements, CancellationToken cancellationToken) =>
        TwiceAsync<IReadOnlyList<long>>(database, async () =>
        {
            await using var batch = Batch(database, tenant, statements());
            await batch.ExecuteNonQueryAsync(cancellationToken);
            return [.. batch.BatchCommands.OfType<NpgsqlBatchCommand>().Skip(1).Select(done => (long)done.RecordsAffected)];
        });

    public static NpgsqlBatchCommand Statement(string sql, Action<NpgsqlParameterCollection>? bind = null)
    {
#pragma warning disable CA2100 // Texts are made of constants; values are always bound.
        var statement = new NpgsqlBatchCommand(sql);
#pragma warning restore CA2100
        bind?.Invoke(statement.Parameters);
        return statement;
    }

    private static NpgsqlBatch Batch(NpgsqlDataSource database, Guid tenant, IReadOnlyList<NpgsqlBatchCommand> statements)
    {
        var batch = database.CreateBatch();
        batch.BatchCommands.Add(Statement(TenantSession.BeginTenant, values => values.Add(new NpgsqlParameter<Guid> { TypedValue = tenant })));
        foreach (var statement in statements)
        {
            statement.Parameters.Add(new NpgsqlParameter<Guid>("tenant", tenant));
            batch.BatchCommands.Add(statement);
        }

        return batch;
    }

    private static async Task<T> TwiceAsync<T>(NpgsqlDataSource database, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (NpgsqlException broken) when (LostConnection.IsRenewable(broken))
        {
            LostConnection.Renew(database, broken);
            return await work();
        }
    }
}
