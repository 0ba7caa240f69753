using System.Diagnostics;
using DomainFlow.Chaos.Tests.Support;
using DomainFlow.Domain.Search;
using DomainFlow.Embedded.Tests.Contracts;
using DomainFlow.Embedded.Tests.Support;
using Xunit.Abstractions;

namespace DomainFlow.Embedded.Tests.Search;

/// <summary>What a text search costs among 1,000 and 100,000 documents of a tenant, and among 5,000 tenants.</summary>
public sealed class SearchCostTests(TestDatabase database, ITestOutputHelper output) : IClassFixture<TestDatabase>
{
    /// <summary>25 words each, of 5,000 that are used as words of a language are (the n-th 1/n as often), and one that ten documents share.</summary>
    private const string Fill = """
        INSERT INTO embedded.search_documents (index_name, tenant_id, id, version, watermark, deleted, domain_id, text_content, text_vector, created_at)
        SELECT 'incident_embeddings', tenant, gen_random_uuid(), 1, i, false, 'd', words, to_tsvector('english', words), now()
        FROM unnest($1) tenant, generate_series(1, $2) i, LATERAL (
            SELECT string_agg('word' || floor(exp(random() * ln(5000)))::int, ' ') || ' rare' || i / 10 AS words FROM generate_series(1, 25 + i * 0)) text
        """;

    private const string Mark =
        "INSERT INTO embedded.search_watermarks (index_name, tenant_id, watermark) SELECT 'incident_embeddings', tenant, $2 FROM unnest($1) tenant";

    private static readonly (string Name, string Text, int Rounds)[] Searches =
    [
        ("a rare word", "rare7", 300),
        ("a question", "which word2 and word5 near word40 word300 had rare8", 300),
        ("a common word", "word1", 300),
        ("a question of 200 words, all known", string.Join(' ', Enumerable.Range(1, 200).Select(n => $"word{n}")), 10),
    ];

    [SkippableFact]
    public async Task A_rare_word_is_found_as_quickly_among_more_documents_and_tenants()
    {
        Skip.IfNot(ProofSize.Full, "takes two minutes: ./verify answers runs it");
        var (small, large) = (Guid.NewGuid(), Guid.NewGuid());
        await FillAsync([small], 1_000);
        var alone = await MeasureAsync(small, "1,000 documents");
        var middle = Guid.NewGuid();
        await FillAsync([middle], 10_000);
        await MeasureAsync(middle, "10,000 documents");
        await FillAsync([large], 100_000);
        var many = await MeasureAsync(large, "100,000 documents");
        await FillAsync([.. Enumerable.Range(0, 5_000).Select(_ => Guid.NewGuid())], 20);
        var among = await MeasureAsync(small, "1,000 documents among 5,000 tenants");
        // Below a millisecond the machine's own noise decides.
        Assert.True(many.P99 <= 2 * Math.Max(alone.P99, 1), $"p99 {many.P99:F1} ms among 100,000 documents, {alone.P99:F1} ms among 1,000");
        Assert.True(among.P50 <= 1.5 * Math.Max(alone.P50, 1), $"p50 {among.P50:F1} ms among 5,000 tenants, {alone.P50:F1} ms alone");
    }

    private async Task<(double P50, double P99)> MeasureAsync(Guid tenant, string where)
    {
        var search = new EmbeddedSearch(database.Functions);
        (double P50, double P99) rare = default;
        foreach (var (name, text, rounds) in Searches)
        {
            var times = new List<double>();
            for (var round = -rounds / 10; round < rounds; round++)
            {
                var started = Stopwatch.GetTimestamp();
                Assert.NotEmpty(await search.SearchAsync(Corpus.ByText(tenant, text), CancellationToken.None));
                if (round >= 0)
                    times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            times.Sort();
            var (p50, p99) = (times[rounds / 2], times[rounds * 99 / 100]);
            output.WriteLine($"{where}: {name}: p50 {p50:F1} ms, p99 {p99:F1} ms");
            rare = name == Searches[0].Name ? (p50, p99) : rare;
        }

        return rare;
    }

    private async Task FillAsync(Guid[] tenants, int documents)
    {
        foreach (var sql in new[] { Fill, Mark })
        {
            await using var command = database.Owner.CreateCommand(sql);
            command.CommandTimeout = 600;
            command.Bind(Parameters.Ids(tenants), Parameters.Long(documents));
            await command.ExecuteNonQueryAsync();
        }

        await using var analyze = database.Owner.CreateCommand("ANALYZE embedded.search_documents");
        await analyze.ExecuteNonQueryAsync();
    }
}
