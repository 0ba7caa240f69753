using System.Text.Json;
using DomainFlow.Domain.Search;
using DomainFlow.Search.Wire;

namespace DomainFlow.Search.Reading;

/// <summary>A hit of one ranking.</summary>
internal sealed record FoundDocument(Guid Id, double Score, string Text, DateTimeOffset CreatedAt)
{
    /// <summary>The hits of one answer, best first.</summary>
    public static IReadOnlyList<FoundDocument> Read(JsonElement response) => [.. response.GetProperty("hits").GetProperty("hits").EnumerateArray().Select(Of)];

    public SearchHit ToHit(double score, double? textScore, double? vectorScore) => new(Id, score, textScore, vectorScore, Text, CreatedAt);

    private static FoundDocument Of(JsonElement hit)
    {
        var (sort, source) = (hit.GetProperty("sort"), hit.GetProperty("_source"));
        return new(
            Guid.Parse(sort[1].GetString()!), sort[0].GetDouble(), source.GetProperty(Field.Text).GetString()!,
            source.GetProperty(Field.CreatedAt).GetDateTimeOffset());
    }
}
