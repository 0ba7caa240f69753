using System.Text.Json;
using Amazon.Lambda.SQSEvents;
using DomainFlow.Domain.Reports;
using DomainFlow.Hosting;
using DomainFlow.Hosting.Batches;
using DomainFlow.Topology;

namespace DomainFlow.Synthesis.UseCases;

/// <summary>
/// A report changed: brings it to its end from whatever state it is in. The message says only which one; the item as it is now says
/// the rest, so the message may come twice, late or out of order.
/// </summary>
public sealed class FollowReport(ReportBook reports, ExtractReport extract, ProjectReport project, TimeProvider clock)
{
    private const int Attempts = 20;

    public async Task HandleAsync(SQSEvent.SQSMessage message, Invocation invocation)
    {
        var incident = ReadIncident(message.Body);
        var redelivered = message.ReceiveCount() > 1;
        var report = await reports.FindForWorkerAsync(incident, invocation.Deadline);

        // The mark's own stream record ends here; a redelivery projects again, whoever stopped half-way.
        if (report is null || (!redelivered && report.Projected == report.Version && report.Status != ReportStatus.Received))
        {
            return;
        }

        try
        {
            await FinishAsync(report, message, invocation.Deadline);
        }
        catch (ProjectionRefusedException refused)
        {
            // The message goes its way to the dead letters; who asks for the report learns why it stands still.
            await FailAsync(incident, refused.Reason, invocation.Deadline);
            throw;
        }
    }

    private async Task FinishAsync(Report report, SQSEvent.SQSMessage message, CancellationToken deadline)
    {
        var lastChance = message.ReceiveCount() >= SystemMap.Queue(SystemMap.ReportChanges).MaxReceives;
        if (report.Status == ReportStatus.Received)
        {
            await project.RunAsync(report, deadline);
            await ProjectAndMarkAsync(await RunPlaybookAsync(report, lastChance, deadline), deadline);
            return;
        }

        await ProjectAndMarkAsync(report, deadline);
    }

    private async Task FailAsync(Guid incident, string reason, CancellationToken deadline)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var report = await reports.FindForWorkerAsync(incident, deadline);
            if (report is null || report.Status is ReportStatus.Failed or ReportStatus.Deleted)
            {
                return;
            }

            var failed = report.Changed(clock.GetUtcNow()) with { Status = ReportStatus.Failed, FailureReason = $"it cannot be listed or searched: {reason}" };
            if (await reports.SaveAsync(failed, report.Version, deadline))
            {
                return;
            }
        }
    }

    /// <summary>Saves what the agents said before anything shows it. Agents are asked again only if the text changed or another run was asked for meanwhile.</summary>
    private async Task<Report?> RunPlaybookAsync(Report report, bool lastChance, CancellationToken deadline)
    {
        var extraction = await extract.RunAsync(report, lastChance, deadline);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var saved = extraction.ApplyTo(report, clock.GetUtcNow());
            if (await reports.SaveAsync(saved, report.Version, deadline))
            {
                return saved;
            }

            var now = await reports.FindForWorkerAsync(report.IncidentId, deadline);
            if (now is null || now.Status != ReportStatus.Received)
            {
                return now;
            }

            if (now.RawText != report.RawText || now.Run != report.Run)
            {
                extraction = await extract.RunAsync(now, lastChance, deadline);
            }

            report = now;
        }

        throw new InvalidOperationException($"report {report.IncidentId} changed under each of {Attempts} attempts to save its extraction");
    }

    /// <summary>Projects the item as it stands and marks the version; when it moved on meanwhile, starts over.</summary>
    private async Task ProjectAndMarkAsync(Report? report, CancellationToken deadline)
    {
        for (var attempt = 0; attempt < Attempts && report is not null; attempt++)
        {
            await project.RunAsync(report, deadline);
            if (report.Projected == report.Version || await reports.SaveAsync(report with { Projected = report.Version }, report.Version, deadline))
            {
                return;
            }

            report = await reports.FindForWorkerAsync(report.IncidentId, deadline);
            if (report?.Status == ReportStatus.Received)
            {
                // Its own message brings it to its end.
                return;
            }
        }

        if (report is not null)
        {
            throw new InvalidOperationException($"report {report.IncidentId} changed under each of {Attempts} attempts to project it");
        }
    }

    private static Guid ReadIncident(string body)
    {
        using var message = JsonDocument.Parse(body);
        return message.RootElement.GetProperty("keys").GetProperty("incident_id").GetGuid();
    }
}
