using DomainFlow.EndToEnd.Tests.Running;
using Npgsql;

namespace DomainFlow.Chaos.Tests.Storm;

/// <summary>What an import came to, asked of the stores themselves.</summary>
internal static class ImportOutcome
{
    private const string Finished = """
        SELECT count(*) FROM embedded.items
        WHERE table_name = 'Reports' AND tenant_id = @tenant AND item ->> 'status' <> 'received' AND item -> 'projected' = item -> 'version'
        """;

    /// <summary>All that a reader sees of a row, by its id in the file.</summary>
    private const string Rows = """
        SELECT item #>> '{labels,external_id}',
            concat_ws(' | ', item ->> 'status', item ->> 'failure_reason', item -> 'ingestion_data', item ->> 'reported_at', r.raw_text, r.status, r.structured_data,
                ST_AsText(r.location::geometry), r.reported_at, d.text_content, md5(d.embedding), item -> 'location')
        FROM embedded.items i
        LEFT JOIN incidents r ON r.tenant_id = i.tenant_id AND r.id::text = i.partition_key
        LEFT JOIN embedded.search_documents d ON d.index_name = 'incident_embeddings' AND d.tenant_id = i.tenant_id AND d.id::text = i.partition_key
        WHERE i.table_name = 'Reports' AND i.tenant_id = @tenant
        ORDER BY 1
        """;

    /// <summary>Reports that every store shows finished; null while the database is away.</summary>
    public static async Task<long?> FinishedAsync(RunningSystem system, Guid tenant)
    {
        try
        {
            return await system.QueryAsync<long>(Finished, ("tenant", tenant));
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }

    public static async Task<IReadOnlyList<(string Row, string Shown)>> RowsAsync(RunningSystem system, Guid tenant)
    {
        await system.MirrorAsync();
        await using var connection = new NpgsqlConnection(system.Database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(Rows, connection);
        command.Parameters.AddWithValue("tenant", tenant);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<(string, string)>();
        while (await reader.ReadAsync()) rows.Add((reader.GetString(0), reader.GetString(1)));
        return rows;
    }
}
