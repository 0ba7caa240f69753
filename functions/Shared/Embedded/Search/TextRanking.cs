using DomainFlow.Domain.Search;
using DomainFlow.Postgres;
using Npgsql;
using static DomainFlow.Embedded.Parameters;

namespace DomainFlow.Embedded.Search;

/// <summary>
/// Ranks a tenant's documents by the words of a text, in the manner of BM25: rare words count more, repeated ones less and less, long
/// documents a little less; words that stand in a document as in the text count once more. The words are OR-ed, so that a question finds
/// what shares only some of them.
/// </summary>
/// <remarks>
/// Its cost is bounded. Of the words that the tenant has at all, the 20 rarest bring a share of 4,000 candidates each, and every other one
/// brings 20: no word of the question is left out, whatever the others are. How common a word is, is counted up to there; beyond, it is
/// estimated from the tenant's 200 latest documents. 200 words that are all known cost half a second among 100,000 documents.
/// </remarks>
internal sealed class TextRanking(NpgsqlDataSource dataSource)
{
    /// <summary>Ids and scores (0 to 1), best first, at most $9, for the words of $8 as the language of $7 stems them.</summary>
    public const string Statement = $"""
        WITH latest AS MATERIALIZED (
            SELECT text_vector FROM embedded.search_documents
            WHERE index_name = $1 AND tenant_id = $2 AND NOT deleted ORDER BY watermark DESC LIMIT 200),
        tenant AS MATERIALIZED (
            SELECT count(*) AS sampled, greatest(avg(length(text_vector)), 1) AS usual_length,
                (SELECT watermark FROM embedded.search_watermarks WHERE index_name = $1 AND tenant_id = $2) AS documents
            FROM latest),
        asked AS MATERIALIZED (
            SELECT place, query, term, is_there, share, CASE
                    WHEN row_number() OVER (PARTITION BY is_there ORDER BY seen, place) > 20 THEN 20
                    ELSE greatest(4000 / count(*) OVER (PARTITION BY is_there), 200) END AS candidates
            FROM (SELECT place, query, term, seen, seen::float8 / greatest(sampled, 1) AS share, seen > 0 OR EXISTS (
                    SELECT FROM embedded.search_documents d
                    WHERE NOT d.deleted AND embedded.search_terms(d.index_name, d.tenant_id, d.text_vector) @> ARRAY[term]) AS is_there
                FROM (SELECT positions[1] AS place, quote_literal(lexeme)::tsquery AS query, embedded.search_term($1, $2, lexeme) AS term
                      FROM unnest(to_tsvector($7::regconfig, $8))) word
                CROSS JOIN tenant CROSS JOIN LATERAL (SELECT count(*) AS seen FROM latest WHERE text_vector @@ word.query) sample) known),
        found AS MATERIALIZED (
            SELECT asked.place, d.id, d.text_vector
            FROM asked CROSS JOIN LATERAL (
                SELECT d.id, d.text_vector FROM embedded.search_documents d
                WHERE {SearchFilter.Sql} AND embedded.search_terms(d.index_name, d.tenant_id, d.text_vector) @> ARRAY[asked.term]
                LIMIT asked.candidates) d
            WHERE is_there),
        word AS MATERIALIZED (
            SELECT place, query, ln(1 + greatest(documents - frequency, 0) / (frequency + 0.5)) + 0.1 AS weight
            FROM (SELECT asked.place, asked.query, documents, greatest(share * documents, count(found.id)) AS frequency
                  FROM asked CROSS JOIN tenant LEFT JOIN found USING (place) GROUP BY asked.place, asked.query, documents, share) counted),
        pair AS MATERIALIZED (
            SELECT one.place AS first, next.place AS second, tsquery_phrase(one.query, next.query, next.place - one.place) AS query,
                0.3 * least(one.weight, next.weight) AS weight
            FROM word one JOIN word next ON next.place - one.place BETWEEN 1 AND 2),
        held AS MATERIALIZED (
            SELECT id, text_vector, 0.36 + 0.24 * length(text_vector) / usual_length AS damping, place, query, weight
            FROM (SELECT DISTINCT ON (id) id, text_vector FROM found) document CROSS JOIN tenant JOIN word ON text_vector @@ query),
        part AS (
            SELECT id, place, 0 AS next, weight, damping, ts_rank(ARRAY[1, 1, 1, 1], text_vector, query) AS rank FROM held
            UNION ALL
            SELECT id, first, second, pair.weight, damping, 0.6 FROM pair JOIN held ON place = first AND text_vector @@ pair.query)
        SELECT id, sum(weight * rank / (rank + damping) ORDER BY place, next)
            / ((SELECT sum(weight) FROM word) + (SELECT coalesce(sum(weight), 0) FROM pair)) AS score
        FROM part GROUP BY id ORDER BY score DESC, id LIMIT $9
        """;

    public async Task<IReadOnlyList<(Guid Id, double Score)>> RankAsync(
        SearchFilter filter, string text, string language, int depth, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Statement);
        command.Bind([.. filter.Parameters, Text(TextLanguage.Configuration(language)), Text(SearchWords.Asked(text)), Long(depth)]);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ranked = new List<(Guid, double)>();
        while (await reader.ReadAsync(cancellationToken))
            ranked.Add((reader.GetGuid(0), reader.GetDouble(1)));
        return ranked;
    }
}
