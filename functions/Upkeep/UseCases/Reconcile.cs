using System.Text.Json.Nodes;
using DomainFlow.Domain.Reports;
using DomainFlow.Domain.Storage;
using DomainFlow.Hosting;
using DomainFlow.Topology;
using DomainFlow.Upkeep.Reconciling;

namespace DomainFlow.Upkeep.UseCases;

/// <summary>
/// Compares all stores of one tenant with its reports, slice by slice: reports, then rows, documents and objects that no report claims.
/// An invocation goes as far as its time (and time_limit_seconds) allows and says where the next one goes on.
/// </summary>
public sealed class Reconcile(ReportComparison reports, LeftoverSearch leftovers, Mending mending, Metrics metrics, TimeProvider clock)
{
    /// <summary>What changed more recently is on its way through the stores.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    /// <summary>Left for the slice that has begun.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    private const int PageSize = 100;
    private const int MaxExamples = 100;

    private const string CursorField = "reconcile.cursor";
    private const string NoCursor = "is not one that reconcile gave";
    private const string ReportsPhase = "reports";

    private static readonly string[] Phases = [ReportsPhase, "rows", "documents", "originals", "renditions"];

    public async Task<JsonObject> RunAsync(Payload asked, Invocation invocation)
    {
        asked.Allow("tenant_id", "fix", "cursor", "grace_seconds", "time_limit_seconds");
        var tenant = asked.Id("tenant_id");
        var fix = asked.Flag("fix");
        var settledBefore = clock.GetUtcNow() - asked.Seconds("grace_seconds", Grace);
        var (started, limit) = (clock.GetTimestamp(), asked.Seconds("time_limit_seconds", TimeSpan.FromHours(1)));
        var (phase, position) = ReadCursor(asked.Text("cursor"));
        var found = new List<Difference>();
        var (pending, mended) = (0, 0);
        var looked = new Dictionary<string, int>();
        do
        {
            var slice = await LookAsync(Phases[phase], tenant, position, settledBefore, invocation.Deadline);
            LogFindings(tenant, slice.Differences);
            found.AddRange(slice.Differences);
            pending += slice.Pending;
            looked[Phases[phase]] = looked.GetValueOrDefault(Phases[phase]) + slice.Looked;
            mended += fix ? await mending.MendAsync(tenant, slice.Differences, invocation.Deadline) : 0;
            (phase, position) = slice.Next is null ? (phase + 1, null) : (phase, slice.Next);
        }
        while (phase < Phases.Length && invocation.Remaining > Margin && clock.GetElapsedTime(started) < limit);

        metrics.Count(MetricNames.Differences, found.Count);
        metrics.Count(MetricNames.Mended, mended);
        return Answer(found, pending, mended, looked, phase < Phases.Length ? $"{Phases[phase]}:{position}" : null);
    }

    private static void LogFindings(Guid tenant, IReadOnlyList<Difference> found)
    {
        foreach (var kind in found.CountBy(d => d.Kind))
        {
            FunctionLog.Warning("tenant {0}: {1} x {2}", tenant, kind.Value, kind.Key);
        }
    }

    private async Task<Slice> LookAsync(string phase, Guid tenant, string? position, DateTimeOffset settledBefore, CancellationToken deadline)
    {
        if (phase == ReportsPhase)
        {
            var (page, next) = await ReportsAsync(tenant, position, deadline);
            var (differences, pending) = await reports.CompareAsync(tenant, page, settledBefore, deadline);
            return new(differences, pending, page.Count, next);
        }

        var (found, looked, after) = phase switch
        {
            "rows" => await leftovers.RowsAsync(tenant, position, PageSize, deadline),
            "documents" => await leftovers.DocumentsAsync(tenant, position, PageSize, deadline),
            "originals" => await leftovers.ObjectsAsync(tenant, $"{tenant}/", position, PageSize, settledBefore, deadline),
            _ => await leftovers.ObjectsAsync(tenant, $"renditions/{tenant}/", position, PageSize, settledBefore, deadline),
        };
        return new(found, 0, looked, after);
    }

    private async Task<(IReadOnlyList<Report> Items, string? Next)> ReportsAsync(Guid tenant, string? position, CancellationToken deadline)
    {
        try
        {
            return await reports.PageAsync(tenant, position, PageSize, deadline);
        }
        catch (InvalidPositionException)
        {
            throw new PayloadException(CursorField, NoCursor);
        }
    }

    private static (int Phase, string? Position) ReadCursor(string? cursor)
    {
        if (cursor is null)
        {
            return (0, null);
        }

        var parts = cursor.Split(':', 2);
        var phase = Array.IndexOf(Phases, parts[0]);
        var position = parts is [_, { Length: > 0 } given] ? given : null;
        var isId = parts[0] is "rows" or "documents";
        return phase >= 0 && parts.Length == 2 && (!isId || position is null || Guid.TryParse(position, out _))
            ? (phase, position)
            : throw new PayloadException(CursorField, NoCursor);
    }

    private static JsonObject Answer(List<Difference> found, int pending, int mended, Dictionary<string, int> looked, string? next) => new()
    {
        ["differences"] = found.Count,
        ["pending"] = pending,
        ["mended"] = mended,
        ["by_kind"] = new JsonObject(found.CountBy(d => d.Kind).OrderBy(k => k.Key, StringComparer.Ordinal).Select(k => KeyValuePair.Create(k.Key, (JsonNode?)k.Value))),
        ["looked_at"] = new JsonObject(looked.Select(l => KeyValuePair.Create(l.Key, (JsonNode?)l.Value))),
        ["examples"] = new JsonArray([.. found.Take(MaxExamples).Select(d => (JsonNode)d.ToJson())]),
        ["next"] = next,
    };

    private sealed record Slice(IReadOnlyList<Difference> Differences, int Pending, int Looked, string? Next);
}
