using DomainFlow.Domain.Search;
using DomainFlow.Postgres;
using Npgsql;
using static DomainFlow.Embedded.Parameters;

namespace DomainFlow.Embedded.Search;

/// <summary>Writes documents and tombstones, each in one statement that takes the next watermark and keeps it locked until the commit.</summary>
internal sealed class DocumentWriter(NpgsqlDataSource dataSource)
{
    private const string NextMark = """
        INSERT INTO embedded.search_watermarks AS w (index_name, tenant_id, watermark) VALUES ($1, $2, 1)
        ON CONFLICT (index_name, tenant_id) DO UPDATE SET watermark = w.watermark + 1 RETURNING watermark
        """;

    private const string Columns =
        "index_name, tenant_id, id, version, watermark, deleted, domain_id, text_content, text_vector, embedding, created_at, words_release";

    private const string Replace = """
        ON CONFLICT (index_name, tenant_id, id) DO UPDATE SET
            version = excluded.version, watermark = excluded.watermark, deleted = excluded.deleted, domain_id = excluded.domain_id,
            text_content = excluded.text_content, text_vector = excluded.text_vector, embedding = excluded.embedding, created_at = excluded.created_at,
            words_release = excluded.words_release
        """;

    private const string Upsert = $"""
        WITH mark AS ({NextMark})
        INSERT INTO embedded.search_documents AS d ({Columns})
        SELECT $1, $2, $3, $4, mark.watermark, false, $5, $6, to_tsvector($7::regconfig, $10), $8, $9, $11 FROM mark
        {Replace} WHERE d.version < excluded.version
        """;

    private const string Bury = $"""
        WITH mark AS ({NextMark})
        INSERT INTO embedded.search_documents AS d ({Columns})
        SELECT $1, $2, $3, $4, mark.watermark, true, '', '', ''::tsvector, NULL, now(), 0 FROM mark
        {Replace} WHERE d.version < excluded.version OR (d.version = excluded.version AND NOT d.deleted)
        """;

    // By its primary key, so that what writes the same document meanwhile is waited for by none.
    private const string Forget = """
        WITH old AS MATERIALIZED (
            SELECT index_name, tenant_id, id FROM embedded.search_documents WHERE deleted AND created_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED)
        DELETE FROM embedded.search_documents d USING old
        WHERE (d.index_name, d.tenant_id, d.id) = (old.index_name, old.tenant_id, old.id)
        """;

    public async Task<int> UpsertAsync(SearchDocument document, CancellationToken cancellationToken)
    {
        var unit = UnitVector.Of(document.Embedding.Span);
        await using var command = dataSource.CreateCommand(Upsert);
        command.Bind(
            Text(document.Index), Id(document.Tenant), Id(document.Id), Long(document.Version), Text(document.DomainId),
            Text(document.Text.Replace('\0', ' ')), Text(TextLanguage.Configuration(document.Language)), Bytes(Embeddings.ToBytes(unit)),
            Time(document.CreatedAt), Text(SearchWords.OfDocument(document.Text)), Long(SearchWords.Release));
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<int> BuryAsync(string index, Guid tenant, Guid id, long version, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Bury);
        command.Bind(Text(index), Id(tenant), Id(id), Long(version));
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Drops tombstones that were written before that time.</summary>
    public async Task<int> ForgetAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Forget);
        command.Bind(Time(before), Long(limit));
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
