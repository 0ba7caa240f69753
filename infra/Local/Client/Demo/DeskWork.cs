using System.Net;
using System.Text.Json.Nodes;
using DomainFlow.Local.Client.Api;

namespace DomainFlow.Local.Client.Demo;

/// <summary>What people do with reports once they are there: look at the photos, correct, run again, delete.</summary>
internal sealed class DeskWork(ClientRun run, ApiClient api, Findings findings)
{
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(60);

    /// <summary>Every photo that a report shows can be seen under its link.</summary>
    public async Task LookAtPhotosAsync(IReadOnlyList<SentSample> sent, CancellationToken cancellationToken)
    {
        var seen = 0;
        foreach (var report in sent.Where(s => s.Photos.Count > 0))
        {
            foreach (var image in (await api.ReportAsync(report.Incident, cancellationToken)).Images.Where(image => image.Url is not null))
            {
                var answer = await api.FollowAsync(image.Url!, cancellationToken);
                seen += findings.Expect(answer.IsSuccess, $"{report.Sample.Id}: the link of {image.FileName} is answered {(int)answer.Status}") ? 1 : 0;
            }
        }

        await run.Out.WriteLineAsync($"  {seen} photos seen under their links");
    }

    /// <summary>What a person says holds, also after the playbook has run once more.</summary>
    public async Task CorrectAsync(SentSample report, string category, CancellationToken cancellationToken)
    {
        var path = $"/reports/{report.Incident}";
        var corrected = await api.SendAsync(HttpMethod.Patch, path, new JsonObject { ["category"] = category }, cancellationToken);
        findings.Expect(corrected.IsSuccess, $"{report.Sample.Id}: the correction is answered {corrected.Problem()}");
        var again = await api.SendAsync(HttpMethod.Post, path + "/reprocess", null, cancellationToken);
        findings.Expect(again.IsSuccess, $"{report.Sample.Id}: another run is answered {again.Problem()}");
        ReportState? settled = null;
        await new SettledReports(api, run.Clock).WaitAsync([report.Incident], Stall, s => s.IsSettled, s => settled = s, cancellationToken);
        var shown = settled!.Extracted("entity", "category");
        if (findings.Expect(shown == category, $"{report.Sample.Id} was corrected to {category}, and after another run shows {shown}"))
            await run.Out.WriteLineAsync($"  {report.Sample.Id}: corrected to {category}, and so it stays when the playbook runs again");
    }

    /// <summary>A deleted report is gone with its photos.</summary>
    public async Task DeleteAsync(SentSample report, CancellationToken cancellationToken)
    {
        var path = $"/reports/{report.Incident}";
        var links = (await api.ReportAsync(report.Incident, cancellationToken)).Images.Select(image => image.Url).OfType<Uri>().ToList();
        await api.SendAsync(HttpMethod.Delete, path, null, cancellationToken);
        var answer = await api.GetAsync(path, cancellationToken);
        findings.Expect(answer.Status == HttpStatusCode.NotFound, $"{report.Sample.Id} was deleted, and is answered {(int)answer.Status}");
        var started = run.Clock.GetTimestamp();
        var left = links;
        while (left.Count > 0 && run.Clock.GetElapsedTime(started) < Stall)
        {
            var answers = await Task.WhenAll(left.Select(async link => (link, Answer: await api.FollowAsync(link, cancellationToken))));
            left = [.. answers.Where(a => a.Answer.Status != HttpStatusCode.NotFound).Select(a => a.link)];
            if (left.Count > 0) await Task.Delay(TimeSpan.FromMilliseconds(200), run.Clock, cancellationToken);
        }

        if (findings.Expect(left.Count == 0, $"{report.Sample.Id} was deleted, and {left.Count} of its photos are there"))
            await run.Out.WriteLineAsync($"  {report.Sample.Id}: deleted, with {links.Count} photos");
    }
}
