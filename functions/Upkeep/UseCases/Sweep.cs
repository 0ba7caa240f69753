using System.Globalization;
using System.Text.Json.Nodes;
using DomainFlow.Domain.Json;
using DomainFlow.Domain.Queries;
using DomainFlow.Domain.Reports;
using DomainFlow.Domain.Search;
using DomainFlow.Domain.Storage;
using DomainFlow.Hosting;
using DomainFlow.Topology;

namespace DomainFlow.Upkeep.UseCases;

/// <summary>
/// Finds reports and jobs that stand still, by the sparse index of what is unfinished, and has each told to its queue again by writing
/// the item. It waits twice as long before each further try; what never moves is given up, and said.
/// </summary>
public sealed class Sweep(ReportBook reports, QueryJobBook jobs, ISearchIndex search, Metrics metrics, TimeProvider clock)
{
    /// <summary>What moves at all has moved by then.</summary>
    private static readonly TimeSpan OlderThan = TimeSpan.FromMinutes(10);

    /// <summary>Left for counting what the time did not reach.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(15);

    private const int Shards = 10;
    private const int PageSize = 500;
    private const int MaxForgotten = 10_000;

    /// <returns>nudged, given_up, waiting (not due yet), left (not reached in time), forgotten (old tombstones of search).</returns>
    public async Task<JsonObject> RunAsync(Payload asked, Invocation invocation)
    {
        asked.Allow("older_than_seconds");
        var age = asked.Seconds("older_than_seconds", OlderThan);
        var found = new Tally();
        for (var shard = 0; shard < Shards; shard++)
        {
            await ShardAsync(shard, age, reports.UnfinishedForWorkerAsync, NudgeReportAsync, found, invocation);
            await ShardAsync(shard, age, jobs.UnfinishedForWorkerAsync, NudgeJobAsync, found, invocation);
        }

        var forgotten = await search.ForgetAsync(clock.GetUtcNow() - Report.TombstoneLifetime, MaxForgotten, invocation.Deadline);
        Tell(found);
        return new()
        {
            ["nudged"] = found.Nudged,
            ["given_up"] = found.GivenUp,
            ["waiting"] = found.Waiting,
            ["left"] = found.Left,
            ["forgotten"] = forgotten,
        };
    }

    private void Tell(Tally found)
    {
        metrics.Count(MetricNames.Swept, found.Nudged);
        metrics.Count(MetricNames.GivenUp, found.GivenUp);
        if (found.Nudged + found.GivenUp + found.Left > 0)
        {
            FunctionLog.Information("swept: {0} told again, {1} given up, {2} not due, {3} left for the next time", found.Nudged, found.GivenUp, found.Waiting, found.Left);
        }
    }

    private async Task ShardAsync(
        int shard,
        TimeSpan age,
        Func<ItemQuery, CancellationToken, Task<(IReadOnlyList<Guid> Ids, string? Next)>> list,
        Func<Guid, TimeSpan, CancellationToken, Task<Outcome>> nudge,
        Tally found,
        Invocation invocation)
    {
        // A nudge leaves updated_at as it is: the page keeps its place though the items are written.
        var until = UtcJsonConverter.Write(clock.GetUtcNow() - age);
        string? position = null;
        do
        {
            var query = new ItemQuery(Tables.UnfinishedIndex, shard.ToString(CultureInfo.InvariantCulture), To: until, Limit: PageSize, Position: position);
            (var ids, position) = await list(query, invocation.Deadline);
            foreach (var id in ids)
            {
                found.Add(invocation.Remaining > Margin ? await nudge(id, age, invocation.Deadline) : Outcome.Left);
            }
        }
        while (position is not null);
    }

    private async Task<Outcome> NudgeReportAsync(Guid id, TimeSpan age, CancellationToken deadline)
    {
        var report = await reports.FindForWorkerAsync(id, deadline);
        if (report?.UnfinishedShard is null || !IsDue(report.UpdatedAt, age, report.Sweeps))
        {
            return Outcome.Waiting;
        }

        var isLast = report.Sweeps >= Report.MaxSweeps;
        var nudged = isLast && report.Status == ReportStatus.Received
            ? report.Changed(clock.GetUtcNow()) with { Status = ReportStatus.Failed, FailureReason = $"it stood still through {Report.MaxSweeps} attempts to move it" }
            : report with { Sweeps = report.Sweeps + 1 };
        if (!await reports.SaveAsync(nudged, report.Version, deadline))
        {
            return Outcome.Waiting;
        }

        if (isLast)
        {
            FunctionLog.Error("report {0} of tenant {1} is given up: it stood still through {2} attempts to move it", id, report.TenantId, Report.MaxSweeps);
        }

        return isLast ? Outcome.GivenUp : Outcome.Nudged;
    }

    private async Task<Outcome> NudgeJobAsync(Guid id, TimeSpan age, CancellationToken deadline)
    {
        var job = await jobs.FindForWorkerAsync(id, deadline);
        var now = clock.GetUtcNow();
        if (job is null || job.IsFinished || job.Lease?.Until > now || !IsDue(job.UpdatedAt, age, job.Sweeps))
        {
            return Outcome.Waiting;
        }

        var isLast = job.Sweeps >= Report.MaxSweeps;
        var reason = $"it stood still through {Report.MaxSweeps} attempts to move it";
        var nudged = isLast
            ? job.Changed(now) with { Status = QueryJob.Failed, FailureReason = reason, Stage = null, Lease = null }
            : job with { Sweeps = job.Sweeps + 1 };
        if (!await jobs.SaveAsync(nudged, job.Version, deadline))
        {
            return Outcome.Waiting;
        }

        if (isLast)
        {
            FunctionLog.Error("query {0} of tenant {1} is given up: it stood still through {2} attempts to move it", id, job.TenantId, Report.MaxSweeps);
        }

        return isLast ? Outcome.GivenUp : Outcome.Nudged;
    }

    private bool IsDue(DateTimeOffset updatedAt, TimeSpan age, int sweeps) => updatedAt + (age * Math.Pow(2, sweeps)) <= clock.GetUtcNow();

    private enum Outcome
    {
        Waiting,
        Nudged,
        GivenUp,
        Left,
    }

    private sealed class Tally
    {
        private readonly Dictionary<Outcome, int> counts = [];

        public int Nudged => counts.GetValueOrDefault(Outcome.Nudged);

        public int GivenUp => counts.GetValueOrDefault(Outcome.GivenUp);

        public int Waiting => counts.GetValueOrDefault(Outcome.Waiting);

        public int Left => counts.GetValueOrDefault(Outcome.Left);

        public void Add(Outcome outcome) => counts[outcome] = counts.GetValueOrDefault(outcome) + 1;
    }
}
