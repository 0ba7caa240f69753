using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Domain.Reports;
using DomainFlow.Hosting;
using DomainFlow.Playbooks;
using DomainFlow.Playbooks.Agents;
using DomainFlow.Playbooks.Running;
using DomainFlow.Postgres;
using ReportImage = DomainFlow.Domain.Reports.ReportImage;

namespace DomainFlow.Synthesis.UseCases;

/// <summary>What a run of the ingestion playbook gave for a report's text.</summary>
public sealed record Extraction(string Status, string? FailureReason, JsonObject? Data, IReadOnlyList<ExecutionLogEntry> Log)
{
    public Report ApplyTo(Report report, DateTimeOffset now) => report.Changed(now) with
    {
        Status = Status,
        FailureReason = FailureReason,
        IngestionData = Data?.DeepClone().AsObject() ?? report.IngestionData,
        ExecutionLog = Log,
    };
}

/// <summary>Runs the domain's ingestion playbook on a report. What may pass is tried again with the message; what may not fails the report.</summary>
public sealed class ExtractReport(ConfigurationReader configurations, IngestionPlaybook playbook)
{
    /// <param name="lastChance">No further delivery will come: a failure is final now.</param>
    /// <exception cref="OperationCanceledException">The invocation's time is up; the message comes again.</exception>
    public async Task<Extraction> RunAsync(Report report, bool lastChance, CancellationToken deadline)
    {
        if (await configurations.FindSetupAsync(report.TenantId, report.DomainId, deadline) is not { } setup)
        {
            return new(ReportStatus.Failed, $"the domain '{report.DomainId}' is no longer there", null, []);
        }

        try
        {
            var text = new ReportText(report.RawText, report.ReportedAt, Photos: Photos(report), Address: report.Address);
            var run = await playbook.RunAsync(setup.Configuration, setup.Agents, text, deadline);
            deadline.ThrowIfCancellationRequested();
            return Read(run, lastChance);
        }
        catch (PlaybookRefusedException refused)
        {
            return new(ReportStatus.Failed, refused.Message, null, []);
        }
        catch (ModelUnavailableException away) when (lastChance)
        {
            FunctionLog.Error(away, "report {0}: no model in any attempt", report.IncidentId);
            return new(ReportStatus.Failed, "the language model could not be reached in several attempts", null, []);
        }
        catch (Exception bug) when (lastChance && !deadline.IsCancellationRequested)
        {
            FunctionLog.Error(bug, "report {0}: the playbook threw in every attempt", report.IncidentId);
            return new(ReportStatus.Failed, "the report could not be read because of an internal error, which was logged", null, []);
        }
    }

    private static Extraction Read(PlaybookRun run, bool lastChance)
    {
        if (run.Outcome is RunOutcome.Failed failed)
        {
            return new(ReportStatus.Failed, failed.Reason, run.OutputsJson(), run.Log);
        }

        // A run in which no agent gave anything has found nothing out; another delivery may.
        if (run.Outputs.Count == 0 && run.Log.Count > 0)
        {
            var reason = run.Log.FirstOrDefault(entry => entry.Reason is not null)?.Reason ?? "no agent gave an output";
            return lastChance ? new(ReportStatus.Failed, reason, null, run.Log) : throw new InvalidOperationException($"no agent gave an output: {reason}");
        }

        return new(ReportStatus.Completed, null, run.OutputsJson(), run.Log);
    }

    private static List<PhotoFacts> Photos(Report report) =>
    [
        .. report.Images.Where(i => i.Status == ReportImage.Stored).Select(i =>
            new PhotoFacts(i.Number, i.TakenAt, i.ExifLocation is { } at ? (at.Lon, at.Lat) : null, i.TakenLocal)),
    ];
}
