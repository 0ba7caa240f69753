using DomainFlow.Domain.Search;
using Npgsql;
using static DomainFlow.Embedded.Parameters;

namespace DomainFlow.Embedded.Search;

/// <summary>Documents as they are stored, without ranking them.</summary>
internal sealed class DocumentReader(NpgsqlDataSource dataSource)
{
    private const string Stored = """
        SELECT id, domain_id, text_content, version, deleted, words_release FROM embedded.search_documents
        WHERE index_name = $1 AND tenant_id = $2
        """;

    public Task<IReadOnlyList<StoredDocument>> ByIdsAsync(string index, Guid tenant, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        QueryAsync($"{Stored} AND id = ANY ($3)", cancellationToken, Text(index), Id(tenant), Ids(ids));

    public Task<IReadOnlyList<StoredDocument>> PageAsync(string index, Guid tenant, Guid? after, int limit, CancellationToken cancellationToken) =>
        QueryAsync(
            $"{Stored} AND NOT deleted AND ($3 IS NULL OR id > $3) ORDER BY id LIMIT $4", cancellationToken, Text(index), Id(tenant), Id(after), Long(limit));

    private async Task<IReadOnlyList<StoredDocument>> QueryAsync(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.Bind(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var documents = new List<StoredDocument>();
        while (await reader.ReadAsync(cancellationToken))
            documents.Add(new StoredDocument(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(3), reader.GetBoolean(4), reader.GetInt16(5)));
        return documents;
    }
}
