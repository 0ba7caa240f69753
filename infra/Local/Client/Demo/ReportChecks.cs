using DomainFlow.Local.Client.Api;

namespace DomainFlow.Local.Client.Demo;

/// <summary>Whether each sample is there once, completed, with its photos.</summary>
internal sealed class ReportChecks(ApiClient api, string domain, Findings findings)
{
    /// <summary>Metres that rounding may move a photo's place.</summary>
    private const double PhotoTolerance = 2;

    public async Task CheckAsync(IReadOnlyList<SentSample> sent, IReadOnlyDictionary<Guid, ReportState> states, CancellationToken cancellationToken)
    {
        findings.Expect(states.Count == sent.Count, $"{sent.Count} samples became {states.Count} reports");
        var listed = await api.ListReportsAsync(domain, cancellationToken);
        var lost = sent.Where(s => listed.All(l => l.IncidentId != s.Incident)).Select(s => s.Sample.Id).ToList();
        findings.Expect(lost.Count == 0, $"not in the list of reports: {string.Join(' ', lost)}");
        findings.Expect(listed.Count - (sent.Count - lost.Count) == 0, $"the list holds {listed.Count} reports instead of {sent.Count}");
        foreach (var sample in sent) Check(sample, states[sample.Incident]);
    }

    private void Check(SentSample sent, ReportState state)
    {
        var id = sent.Sample.Id;
        findings.Expect(state.Status == "completed", $"{id} is {state.Status} {state.FailureReason}".TrimEnd());
        if (!findings.Expect(state.Images.Count == sent.Photos.Count, $"{id} has {state.Images.Count} images instead of {sent.Photos.Count}")) return;
        foreach (var (photo, image) in sent.Photos.Zip(state.Images.OrderBy(i => i.Number)))
        {
            findings.Expect(image is { Status: "stored", Url: not null }, $"{id}: {photo.Name} is {image.Status} {image.Reason}".TrimEnd());
            findings.Expect(IsPlacedAs(photo.Taken, image.ExifLocation), $"{id}: {photo.Name} was taken at {photo.Taken} and is shown at {image.ExifLocation}");
        }
    }

    private static bool IsPlacedAs(Position? taken, Position? shown) =>
        taken is null ? shown is null : shown is not null && ReadingScore.Metres(taken.Lat, taken.Lon, shown.Lat, shown.Lon) <= PhotoTolerance;
}
