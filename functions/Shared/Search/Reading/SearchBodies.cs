using System.Buffers;
using System.Globalization;
using System.Text.Json;
using DomainFlow.Domain.Search;
using DomainFlow.Search.Indexes;
using DomainFlow.Search.Wire;

namespace DomainFlow.Search.Reading;

/// <summary>Bodies of searches. Every one holds <see cref="WriteFilter"/>: the tenant is never left out.</summary>
internal static class SearchBodies
{
    /// <summary>Words in another language than the document's count half, words side by side a little more than by themselves.</summary>
    private const double OtherLanguage = 0.5;
    private const double SideBySide = 0.3;

    /// <summary>Best first, ties by id: the shard sorts so, and what it cuts off is last in this order.</summary>
    public static void WritePage(Utf8JsonWriter json, int size)
    {
        json.WriteNumber("size", size);
        json.WriteBoolean("track_total_hits", false);
        json.WriteStartArray("_source");
        json.WriteStringValue(Field.Text);
        json.WriteStringValue(Field.CreatedAt);
        json.WriteEndArray();
        json.WriteStartArray("sort");
        json.WriteRawValue("""{"_score":"desc"}""");
        json.WriteRawValue($$"""{"{{Field.Incident}}":"asc"}""");
        json.WriteEndArray();
    }

    /// <summary>The words that a document and the question share; a document of another language matches by whole words.</summary>
    public static void WriteTextQuery(Utf8JsonWriter json, AskedSearch asked)
    {
        var language = SearchLanguage.Of(asked.Request.Language);
        json.WriteStartObject("query");
        json.WriteStartObject("bool");
        WriteFilter(json, asked.Request);
        json.WriteStartArray("must");
        json.WriteStartObject();
        json.WriteStartObject("dis_max");
        json.WriteStartArray("queries");
        var isStemmed = language != SearchLanguage.Simple;
        if (isStemmed)
            WriteMatch(json, $"{Field.Words}.{language}", asked.Words!, null, 1);
        WriteMatch(json, $"{Field.Words}.{Field.AnyLanguage}", asked.Words!, WordAnalysis.Unstemmed(language), isStemmed ? OtherLanguage : 1);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        if (isStemmed)
        {
            json.WriteStartArray("should");
            WriteMatch(json, $"{Field.Words}.{language}.{Field.Pairs}", asked.Words!, null, SideBySide);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <param name="ids">Only these, in place of the request's.</param>
    /// <param name="candidates">Neighbours to look for in each shard.</param>
    public static void WriteVectorQuery(Utf8JsonWriter json, AskedSearch asked, int candidates, OpenSearchOptions options, IReadOnlyCollection<Guid>? ids = null)
    {
        json.WriteStartObject("query");
        json.WriteStartObject("knn");
        json.WriteStartObject(Field.Vector);
        json.WriteVector("vector", asked.Unit);
        json.WriteNumber("k", candidates);
        if (!options.IsServerless)
        {
            json.WriteStartObject("method_parameters");
            json.WriteNumber("ef_search", Math.Max(candidates, options.EfSearch));
            json.WriteEndObject();
        }

        json.WriteStartObject("filter");
        json.WriteStartObject("bool");
        WriteFilter(json, ids is null ? asked.Request : asked.Request with { Ids = ids });
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteFilter(Utf8JsonWriter json, SearchRequest request)
    {
        json.WriteStartArray("filter");
        WriteTerm(json, Field.Tenant, request.Tenant.ToString());
        WriteTerm(json, Field.Deleted, "false");
        if (request.DomainId is { } domain)
            WriteTerm(json, Field.Domain, domain);
        if (request.Ids is { } ids)
        {
            json.WriteStartObject();
            json.WriteStartObject("terms");
            json.WriteStartArray(Field.Incident);
            foreach (var id in ids)
                json.WriteStringValue(id);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        if (request.From is not null || request.To is not null)
            WriteTimes(json, request.From, request.To);
        json.WriteEndArray();
    }

    /// <summary>The field keeps milliseconds: a bound with more digits would shut out what lies on its side of it.</summary>
    private static void WriteTimes(Utf8JsonWriter json, DateTimeOffset? from, DateTimeOffset? to)
    {
        static string Milliseconds(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        json.WriteStartObject();
        json.WriteStartObject("range");
        json.WriteStartObject(Field.CreatedAt);
        if (from is { } first)
            json.WriteString("gte", Milliseconds(first));
        if (to is { } end)
            json.WriteString("lt", Milliseconds(end.AddTicks(TimeSpan.TicksPerMillisecond - 1)));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteTerm(Utf8JsonWriter json, string field, string value)
    {
        json.WriteStartObject();
        json.WriteStartObject("term");
        json.WriteString(field, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteMatch(Utf8JsonWriter json, string field, string words, string? analyzer, double boost)
    {
        json.WriteStartObject();
        json.WriteStartObject("match");
        json.WriteStartObject(field);
        json.WriteString("query", words);
        if (analyzer is not null)
            json.WriteString("analyzer", analyzer);
        json.WriteNumber("boost", boost);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
