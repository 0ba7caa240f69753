using DomainFlow.Domain.Search;
using DomainFlow.Postgres;
using Npgsql;
using static DomainFlow.Embedded.Parameters;

namespace DomainFlow.Embedded.Search;

/// <summary>
/// Ranks a tenant's documents by the words of a text. The words are OR-ed, so that a question finds what shares only some of them; a
/// document's score is the share of the words that it holds, each counting more, with less and less effect, the more often it comes.
/// </summary>
internal sealed class TextRanking(NpgsqlDataSource dataSource)
{
    /// <summary>The words of $8 as the language of $7 stems them.</summary>
    public const string Asked = "SELECT replace(plainto_tsquery($7::regconfig, $8)::text, ' & ', ' | ')::tsquery AS query";

    /// <summary>0 to 1: every kind of lexeme weighs the same.</summary>
    public const string Score = "ts_rank('{1,1,1,1}', d.text_vector, asked.query)";

    /// <summary>Ids and scores, best first, at most $9.</summary>
    public const string Statement = $"""
        WITH asked AS ({Asked})
        SELECT d.id, {Score} FROM embedded.search_documents d, asked
        WHERE {SearchFilter.Sql} AND d.text_vector @@ asked.query
        ORDER BY 2 DESC, 1 LIMIT $9
        """;

    public async Task<IReadOnlyList<(Guid Id, double Score)>> RankAsync(
        SearchFilter filter, string text, string language, int depth, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Statement);
        command.Bind([.. filter.Parameters, Text(TextLanguage.Configuration(language)), Text(text), Long(depth)]);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ranked = new List<(Guid, double)>();
        while (await reader.ReadAsync(cancellationToken))
            ranked.Add((reader.GetGuid(0), reader.GetFloat(1)));
        return ranked;
    }
}
