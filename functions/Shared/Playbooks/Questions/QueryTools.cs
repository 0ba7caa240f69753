using System.Globalization;
using System.Text.Json.Nodes;
using DomainFlow.Playbooks.Agents;
using DomainFlow.Playbooks.Places;

namespace DomainFlow.Playbooks.Questions;

/// <summary>The tools of query agents over one domain of one tenant.</summary>
public static class QueryTools
{
    public const string Search = "search_reports";
    public const string List = "list_reports";
    public const string Count = "count_reports";
    public const string Get = "get_report";

    private const string FilterProperties =
        """
        "category":{"type":["string","null"],"maxLength":1000,"description":"Id of a category; several, separated by commas, mean any of them"},
        "not_category":{"type":["string","null"],"maxLength":1000,"description":"Ids of categories to leave out, separated by commas"},
        "from":{"type":["string","null"],"format":"date-time","description":"Reported at this time or later"},
        "to":{"type":["string","null"],"format":"date-time","description":"Reported before this time"},
        "place":{"type":["string","null"],"maxLength":200,"description":"Name of a place: reports near it"},
        "street":{"type":["string","null"],"maxLength":1000,"description":"Name of a street: reports whose address is on it; several, separated by commas"},
        "work_status":{"type":["string","null"],"maxLength":100,"description":"pending, in_progress, resolved or closed; several, separated by commas"},
        "urgency":{"type":["string","null"],"enum":["low","medium","high","critical",null]},
        "photos":{"type":["string","null"],"enum":["with","without",null]}
        """;

    private const string QueryText = """ "query":{"type":"string","maxLength":5000} """;

    private const string GroupBy = """ "group_by":{"type":["string","null"],"enum":["category","place","status","urgency","day",null]} """;

    private const string Order = """ "order":{"type":["string","null"],"enum":["latest","oldest",null]} """;

    private const string Limit = """ "limit":{"type":["integer","null"],"minimum":1,"maximum":50} """;

    private const string Text = """ "text":{"type":["string","null"],"maxLength":5000,"description":"Words that the report must hold"} """;

    /// <summary>Tools that read from <paramref name="sources"/> and note in <paramref name="retrieved"/> what came back.</summary>
    /// <param name="places">Turns the names of places into circles.</param>
    /// <param name="always">Holds for every call, whatever the model asks for: the filters of the request.</param>
    public static IReadOnlyList<AgentTool> Create(QuerySources sources, Gazetteer places, ReportFilter always, Retrieved retrieved) =>
    [
        new(
            Search,
            "Finds the reports that bear best on a text, by words and by meaning.",
            Schema($"{QueryText},{FilterProperties},{Limit}", "query"),
            async (arguments, token) =>
                Found(
                    await sources.Search(JsonText.String(arguments["query"])!, Filter(arguments, places, always), Most(arguments, 12), token),
                    retrieved,
                    JsonText.String(arguments["query"]))),
        new(
            List,
            "Lists the latest or the oldest reports that match a filter.",
            Schema($"{FilterProperties},{Text},{Order},{Limit}"),
            async (arguments, token) => Found(
                await sources.List(Filter(arguments, places, always), JsonText.String(arguments["order"]) == "oldest", Most(arguments, 20), token), retrieved)),
        new(
            Count,
            "Counts the reports that match a filter, all together or by group.",
            Schema($"{FilterProperties},{Text},{GroupBy}"),
            async (arguments, token) => Counted(
                JsonText.Canonical(arguments),
                await sources.Count(Filter(arguments, places, always), JsonText.String(arguments["group_by"]), token),
                retrieved)),
        new(
            Get,
            "Gets one report by its id.",
            Schema(""" "id":{"type":"string","maxLength":100} """, "id"),
            async (arguments, token) =>
                Found(await sources.Get(JsonText.String(arguments["id"])!, token) is { } report ? [report] : [], retrieved)),
    ];

    private static JsonObject Schema(string properties, params string[] required) => new()
    {
        ["type"] = "object",
        ["properties"] = JsonNode.Parse($"{{{properties}}}"),
        ["required"] = JsonText.Array(required),
        ["additionalProperties"] = false,
    };

    private static int Most(JsonObject arguments, int usual) => (int)(JsonText.Number(arguments["limit"]) ?? usual);

    private static ReportFilter Filter(JsonObject arguments, Gazetteer places, ReportFilter always)
    {
        var place = JsonText.String(arguments["place"]);
        var known = place is null ? null : places.Find(place, 1).FirstOrDefault(match => match.Longitude is not null);
        return always.And(new ReportFilter(
            Several(arguments["category"]),
            Time(arguments["from"]),
            Time(arguments["to"]),
            known is null ? null : new GeoCircle(known.Longitude!.Value, known.Latitude!.Value, known.RadiusMetres, known.Name),
            known is null ? place : null,
            Several(arguments["work_status"]),
            JsonText.String(arguments["urgency"]),
            JsonText.String(arguments["text"]),
            Several(arguments["not_category"]),
            Several(arguments["street"]),
            JsonText.String(arguments["photos"]) is { } photos ? photos == "with" : null));
    }

    private static IReadOnlyList<string>? Several(JsonNode? json) =>
        JsonText.String(json) is { } text && text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } values
            ? values
            : null;

    private static DateTimeOffset? Time(JsonNode? json) =>
        JsonText.String(json) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : null;

    private static JsonObject Found(IReadOnlyList<FoundReport> reports, Retrieved retrieved, string? query = null)
    {
        retrieved.Add(reports);
        return new JsonObject { ["reports"] = new JsonArray([.. Passage.Bounded(reports, query).Select(Json)]) };
    }

    private static JsonObject Counted(string what, ReportCount count, Retrieved retrieved)
    {
        retrieved.Add(what, count);
        return new JsonObject
        {
            ["total"] = count.Total,
            ["groups"] = new JsonArray([.. count.Groups.Select(group => (JsonNode)new JsonObject { ["key"] = group.Key, ["count"] = group.Value })]),
        };
    }

    private static JsonNode Json(FoundReport report)
    {
        var json = new JsonObject
        {
            ["id"] = report.Id,
            ["kind"] = report.Kind,
            ["score"] = Math.Round(report.Score, 4),
            ["text"] = UntrustedText.Strip(report.Text),
            ["reported_at"] = Iso.Utc(report.ReportedAt),
            ["category"] = report.Category,
            ["location_text"] = report.LocationText,
            ["work_status"] = report.WorkStatus,
            ["urgency"] = report.Urgency,
        };
        if (report.Location is { } location)
            json["location"] = Geo.Point(location.Longitude, location.Latitude);
        return json;
    }
}
