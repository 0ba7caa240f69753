using DomainFlow.Domain.Search;
using DomainFlow.Domain.Storage;
using DomainFlow.Embedded.Search;
using DomainFlow.Embedded.Tables;
using DomainFlow.Embedded.Tests.Contracts;
using DomainFlow.Embedded.Tests.Support;
using Npgsql;
using static DomainFlow.Embedded.Parameters;

namespace DomainFlow.Embedded.Tests;

/// <summary>The functions' role reads by index: PostgreSQL's own plans over some thousand rows.</summary>
public sealed class PlanTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string Fill = """
        INSERT INTO embedded.items (table_name, partition_key, sort_key, tenant_id, item)
        SELECT 'things', i::text, '', md5((i % 2)::text)::uuid, jsonb_build_object('text', repeat('x', 300)) FROM generate_series(1, 5000) i ON CONFLICT DO NOTHING;
        INSERT INTO embedded.index_entries (table_name, index_name, index_partition, index_sort, partition_key, sort_key)
        SELECT 'things', 'owner-created-index', 'owner-' || i % 10, lpad(i::text, 5, '0'), i::text, '' FROM generate_series(1, 5000) i ON CONFLICT DO NOTHING;
        INSERT INTO embedded.search_documents (index_name, tenant_id, id, version, watermark, deleted, domain_id, text_content, text_vector, created_at)
        SELECT 'incident_embeddings', md5((i % 2)::text)::uuid, md5(i::text)::uuid, 1, i, false, 'd', '', to_tsvector('simple', 'word' || i % 500), now()
        FROM generate_series(1, 5000) i ON CONFLICT DO NOTHING;
        ANALYZE embedded.items, embedded.index_entries, embedded.search_documents
        """;

    /// <summary>md5 of 0: owner of every second row.</summary>
    private readonly Guid tenant = new("cfcd208495d565ef66e7dff9f98764da");

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_later_page_of_an_index_starts_where_the_page_before_ended(bool descending)
    {
        var query = new ItemQuery(ContractTables.ByOwner, "owner-4", Descending: descending, Limit: 20);
        query = query with { Position = new QueryPosition("02500", "2500", "").Write(ContractTables.Things, query) };
        var statement = ItemQueryPlan.For(ContractTables.All[0], query);
        var plan = await ExplainAsync(statement.Sql, statement.Parameters(tenant, 0));
        Assert.Matches("Index (Only )?Scan.* index_entries_pkey", plan);
        Assert.Contains("ROW(", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Sort ", plan, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Text_is_searched_by_its_index()
    {
        var filter = new SearchFilter(Corpus.ByText(tenant, "word7"));
        var plan = await ExplainAsync(TextRanking.Statement, [.. filter.Parameters, Text("pg_catalog.simple"), Text("word7"), Long(10)]);
        Assert.Contains("search_documents_terms", plan, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task What_changed_since_a_watermark_is_read_by_its_index()
    {
        var plan = await ExplainAsync(VectorCache.Changed, Text(SearchIndexes.Incidents), Id(tenant), Long(4990));
        Assert.Contains("search_documents_watermark", plan, StringComparison.Ordinal);
    }

    private async Task<string> ExplainAsync(string sql, params NpgsqlParameter[] parameters)
    {
        await using var fill = database.Owner.CreateCommand(Fill);
        await fill.ExecuteNonQueryAsync();
        await using var command = database.Functions.CreateCommand("EXPLAIN " + sql);
        command.Bind(parameters);
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
            lines.Add(reader.GetString(0));
        return string.Join('\n', lines);
    }
}
