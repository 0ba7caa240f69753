using System.Net;
using System.Text.Json.Nodes;
using DomainFlow.Local.Client.Api;

namespace DomainFlow.Local.Client.Demo;

/// <summary>What must not go through: files that are not what they say, and other tenants' eyes.</summary>
internal sealed class Refusals(ClientRun run, ApiClient api, string domain, Findings findings)
{
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(60);
    private const int TooLarge = 11 * 1024 * 1024;

    /// <summary>A ZIP that is called .jpg is taken by the store, deleted by Ingest and shown rejected; 11 MB are refused by the store itself.</summary>
    public async Task BadUploadsAsync(CancellationToken cancellationToken)
    {
        var zip = EmptyZip();
        var report = await api.SendReportAsync(
            new ReportToSend(domain, "Two photos that are not what they say.", Source: "web", Images: [new("holiday.jpg", "image/jpeg", zip.Length), new("huge.jpg", "image/jpeg", 1000)]),
            "demo-refused",
            cancellationToken);
        await api.UploadAsync(report.Uploads[0], "holiday.jpg", zip, cancellationToken);
        var huge = await api.UploadAsync(report.Uploads[1], "huge.jpg", new byte[TooLarge], cancellationToken);
        var isRefused = findings.Expect(
            huge.Status == HttpStatusCode.BadRequest && huge.Body.Contains("EntityTooLarge", StringComparison.Ordinal),
            $"an upload of 11 MB was answered {(int)huge.Status} instead of 400 EntityTooLarge");
        if (isRefused) await run.Out.WriteLineAsync("  11 MB: refused by the store, 400 EntityTooLarge");

        ImageState? judged = null;
        await new SettledReports(api, run.Clock).WaitAsync(
            [report.IncidentId], Stall, s => s.Images[0].Status != "announced", s => judged = s.Images[0], cancellationToken);
        if (findings.Expect(judged is { Status: "rejected", Reason.Length: > 0, Url: null }, $"a ZIP named .jpg is shown {judged?.Status} instead of rejected"))
            await run.Out.WriteLineAsync($"  holiday.jpg: rejected, {judged!.Reason}");
    }

    /// <summary>Another tenant finds none of it by id, list, map or search.</summary>
    public async Task OtherTenantAsync(ApiClient other, IReadOnlyList<SentSample> reports, Guid query, string bounds, CancellationToken cancellationToken)
    {
        foreach (var report in reports)
            await IsMissingAsync(other, $"/reports/{report.Incident}", cancellationToken);
        await IsMissingAsync(other, $"/queries/{query}", cancellationToken);
        await IsEmptyAsync(other, $"/reports?domain_id={domain}", "items", cancellationToken);
        await IsEmptyAsync(other, $"/data/geo?domain_id={domain}&bbox={bounds}", "features", cancellationToken);
        await IsEmptyAsync(other, $"/search?domain_id={domain}&text=pothole", "items", cancellationToken);
    }

    private async Task IsMissingAsync(ApiClient other, string path, CancellationToken cancellationToken)
    {
        var answer = await other.GetAsync(path, cancellationToken);
        findings.Expect(answer.Status == HttpStatusCode.NotFound, $"another tenant gets {(int)answer.Status} from {path}");
    }

    private async Task IsEmptyAsync(ApiClient other, string path, string list, CancellationToken cancellationToken)
    {
        var items = (await other.GetAsync<JsonObject>(path, cancellationToken))[list] as JsonArray;
        findings.Expect(items is { Count: 0 }, $"another tenant sees {items?.Count.ToString() ?? "no"} {list} in {path}");
    }

    private static byte[] EmptyZip()
    {
        using var stream = new MemoryStream();
        using (var archive = new System.IO.Compression.ZipArchive(stream, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry("holiday.txt").Open();
            entry.Write("not a photo"u8);
        }

        return stream.ToArray();
    }
}
