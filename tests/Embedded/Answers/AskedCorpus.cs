using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using DomainFlow.Domain.Search;
using DomainFlow.Embedded.Tests.Support;
using DomainFlow.Playbooks;
using DomainFlow.Playbooks.Answers;
using DomainFlow.Playbooks.BuiltIn;
using DomainFlow.Playbooks.Offline;
using DomainFlow.Playbooks.Questions;
using Npgsql;

namespace DomainFlow.Embedded.Tests.Answers;

/// <summary>Reports as the playbook reads them, in the search index of one tenant, behind the ports of a query.</summary>
public sealed class AskedCorpus
{
    private readonly Guid tenant = Guid.NewGuid();
    private readonly NpgsqlDataSource owner;
    private readonly EmbeddedSearch index;
    private readonly LabelledReports labelled;
    private readonly ConcurrentDictionary<string, FoundReport> reports = new();
    private readonly Dictionary<string, string> labels;

    private AskedCorpus(NpgsqlDataSource owner, EmbeddedSearch index, LabelledReports labelled)
    {
        (this.owner, this.index, this.labelled) = (owner, index, labelled);
        labels = labelled.Reports.Select((report, place) => (Id(place), report.Label)).ToDictionary();
    }

    public static async Task<AskedCorpus> CreateAsync(TestDatabase database, LabelledReports labelled)
    {
        var index = new EmbeddedSearch(database.Functions);
        var corpus = new AskedCorpus(database.Owner, index, labelled);
        await Parallel.ForAsync(0, labelled.Reports.Count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (place, token) =>
        {
            var report = labelled.Reports[place];
            corpus.reports[Id(place)] = await ReadAsync(labelled, report, Id(place), token);
            await index.UpsertAsync(
                new SearchDocument(SearchIndexes.Incidents, corpus.tenant, new Guid(Id(place)), labelled.Domain.DomainId, report.Text,
                    OfflineEmbeddingGenerator.Embed(report.Text), report.ReportedAt, 1, labelled.Domain.Language),
                token);
        });
        return corpus;
    }

    public string Label(string id) => labels[id];

    public async Task<QueryAnswer> AnswerAsync(string question)
    {
        var sources = new QuerySources(
            (text, filter, limit, token) => FindAsync(text, filter, limit, token),
            async (filter, oldest, limit, token) =>
                [.. (await PassingAsync(filter, token)).OrderBy(report => oldest ? report.ReportedAt.Ticks : -report.ReportedAt.Ticks).Take(limit)],
            async (filter, groupBy, token) => Count([.. await PassingAsync(filter, token)], groupBy),
            (id, _) => Task.FromResult(reports.GetValueOrDefault(id)));
        return await new QueryPlaybook(new OfflineChatClient(), TimeProvider.System)
            .AnswerAsync(labelled.Domain, BuiltInAgents.All, new Question(question, labelled.AskedAt), sources, CancellationToken.None);
    }

    /// <summary>Labels of what retrieval alone finds, best first.</summary>
    public async Task<IReadOnlyList<string>> RetrieveAsync(string question, bool byText, bool byVector)
    {
        var hits = await index.SearchAsync(Request(byText ? question : null, byVector ? question : null, 20), CancellationToken.None);
        return [.. hits.Select(hit => labels[hit.Id.ToString()])];
    }

    private static async Task<FoundReport> ReadAsync(LabelledReports labelled, LabelledReport report, string id, CancellationToken token)
    {
        var run = await new IngestionPlaybook(new OfflineChatClient(), TimeProvider.System)
            .RunAsync(labelled.Domain, BuiltInAgents.All, new ReportText(report.Text, report.ReportedAt), token);
        var (geo, entity) = (run.Outputs["geo"], run.Outputs["entity"]);
        var at = geo["geo_location"]?["coordinates"];
        return new FoundReport(
            id, 0, report.Text, report.ReportedAt, (string?)entity["category"], (string?)geo["address"] ?? (string?)geo["location_text"],
            at is null ? null : ((double)at[0]!, (double)at[1]!), "pending", (string?)run.Outputs["temporal"]["urgency"]);
    }

    private static string Id(int place) => new Guid(place + 1, 0, 0, new byte[8]).ToString();

    private async Task<IReadOnlyList<FoundReport>> FindAsync(string text, ReportFilter filter, int limit, CancellationToken token)
    {
        var ids = filter == ReportFilter.None ? null : (await PassingAsync(filter, token)).Select(report => new Guid(report.Id)).ToHashSet();
        var hits = await index.SearchAsync(Request(text, null, limit) with { Ids = ids }, token);
        return [.. hits.Select(hit => reports[hit.Id.ToString()] with { Score = hit.Score })];
    }

    private SearchRequest Request(string? text, string? meaning, int limit) => new(
        SearchIndexes.Incidents, tenant, labelled.Domain.DomainId, text,
        meaning is null ? default(ReadOnlyMemory<float>?) : OfflineEmbeddingGenerator.Embed(meaning), limit, Language: labelled.Domain.Language);

    private static ReportCount Count(IReadOnlyList<FoundReport> matching, string? groupBy)
    {
        var keys = groupBy switch
        {
            "category" => matching.Select(report => report.Category),
            "place" => matching.Select(report => report.LocationText),
            _ => [],
        };
        return new ReportCount(matching.Count, [.. keys.OfType<string>().CountBy(key => key).OrderByDescending(group => group.Value)
            .Select(group => KeyValuePair.Create(group.Key, (long)group.Value))]);
    }

    private async Task<IEnumerable<FoundReport>> PassingAsync(ReportFilter filter, CancellationToken token)
    {
        var withWords = await WithAsync("websearch_to_tsquery", filter.Text, token);
        var ofPlace = await WithAsync("phraseto_tsquery", filter.PlaceText, token);
        return reports.Values.Where(report =>
            (filter.Categories is null || filter.Categories.Contains(report.Category))
            && (filter.NotCategories is null || !filter.NotCategories.Contains(report.Category))
            && (filter.Streets is null || (report.LocationText is { } address
                && filter.Streets.Any(street => Regex.IsMatch(address, StreetAddress.Pattern(street), RegexOptions.IgnoreCase))))
            && (filter.From is null || report.ReportedAt >= filter.From)
            && (filter.To is null || report.ReportedAt < filter.To)
            && (filter.Urgency is null || report.Urgency == filter.Urgency)
            && (filter.WorkStatuses is null || filter.WorkStatuses.Contains(report.WorkStatus))
            && (filter.Near is null || (report.Location is { } at && Metres(at, filter.Near) <= filter.Near.RadiusMetres))
            && withWords?.Contains(report.Id) != false && ofPlace?.Contains(report.Id) != false);
    }

    /// <summary>Ids of the reports that hold words or a phrase, as PostgreSQL finds them for a list.</summary>
    private async Task<HashSet<string>?> WithAsync(string query, string? words, CancellationToken token)
    {
        if (words is null)
            return null;
        await using var command = owner.CreateCommand(
            $"SELECT id::text FROM embedded.search_documents WHERE tenant_id = $1 AND to_tsvector('english', text_content) @@ {query}('english', $2)");
        command.Parameters.Add(new NpgsqlParameter { Value = tenant });
        command.Parameters.Add(new NpgsqlParameter { Value = words });
        await using var reader = await command.ExecuteReaderAsync(token);
        var ids = new HashSet<string>();
        while (await reader.ReadAsync(token))
            ids.Add(reader.GetString(0));
        return ids;
    }

    private static double Metres((double Longitude, double Latitude) at, GeoCircle circle)
    {
        var (dy, dx) = (at.Latitude - circle.Latitude, (at.Longitude - circle.Longitude) * Math.Cos(circle.Latitude * Math.PI / 180));
        return Math.Sqrt((dx * dx) + (dy * dy)) * 111_195;
    }
}
