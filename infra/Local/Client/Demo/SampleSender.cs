using System.Collections.Concurrent;
using DomainFlow.Local.Client.Api;
using DomainFlow.Local.Client.Tenants;

namespace DomainFlow.Local.Client.Demo;

/// <summary>A sample that was taken.</summary>
internal sealed record SentSample(SampleReport Sample, Guid Incident, IReadOnlyList<SamplePhoto> Photos);

/// <summary>Sends the samples with their photos, some of them twice as an impatient client would.</summary>
internal sealed class SampleSender(ApiClient api, string domain, Samples samples, Findings findings)
{
    private const int Parallel = 4;

    /// <summary>Each so-manieth sample is sent once more at the same time, and each so-manieth once more afterwards.</summary>
    private const int TwiceAtOnce = 10;
    private const int TwiceInTurn = 7;

    private int repeats;

    public int Repeats => repeats;

    /// <param name="done">Called after each sample.</param>
    public async Task<IReadOnlyList<SentSample>> SendAsync(IReadOnlyList<SampleReport> reports, Action done, CancellationToken cancellationToken)
    {
        var sent = new ConcurrentDictionary<int, SentSample>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken };
        await System.Threading.Tasks.Parallel.ForEachAsync(reports.Index(), options, async (entry, token) =>
        {
            sent[entry.Index] = await SendAsync(entry.Item, entry.Index, token);
            done();
        });
        return [.. sent.OrderBy(s => s.Key).Select(s => s.Value)];
    }

    private async Task<SentSample> SendAsync(SampleReport sample, int index, CancellationToken cancellationToken)
    {
        var photos = sample.Images.Select(samples.Photo).ToList();
        var body = new ReportToSend(
            domain,
            sample.Text,
            sample.ReportedAt,
            "web",
            sample.Location,
            photos.Count == 0 ? null : [.. photos.Select(p => new ImageToSend(p.Name, p.ContentType, p.Content.Length))]);
        var key = $"demo-{sample.Id}";
        var answers = index % TwiceAtOnce == 0
            ? await Task.WhenAll(api.SendReportAsync(body, key, cancellationToken), api.SendReportAsync(body, key, cancellationToken))
            : [await api.SendReportAsync(body, key, cancellationToken)];
        if (index % TwiceInTurn == 0) answers = [.. answers, await api.SendReportAsync(body, key, cancellationToken)];
        Interlocked.Add(ref repeats, answers.Length - 1);
        var incident = answers[^1].IncidentId;
        findings.Expect(answers.All(a => a.IncidentId == incident), $"{sample.Id}: the same request under the same key got different incident ids");
        await UploadAsync(sample, photos, answers[^1].Uploads, cancellationToken);
        return new SentSample(sample, incident, photos);
    }

    private async Task UploadAsync(SampleReport sample, List<SamplePhoto> photos, IReadOnlyList<UploadForm> forms, CancellationToken cancellationToken)
    {
        if (!findings.Expect(forms.Count == photos.Count, $"{sample.Id}: {photos.Count} photos were announced and {forms.Count} forms came back")) return;
        foreach (var (photo, form) in photos.Zip(forms))
        {
            var answer = await api.UploadAsync(form, photo.Name, photo.Content, cancellationToken);
            findings.Expect(answer.IsSuccess, $"{sample.Id}: the upload of {photo.Name} was answered {(int)answer.Status}: {answer.Body}");
        }
    }
}
