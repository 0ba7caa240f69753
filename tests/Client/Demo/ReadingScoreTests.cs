using System.Text.Json.Nodes;
using DomainFlow.Local.Client.Api;
using DomainFlow.Local.Client.Demo;
using DomainFlow.Local.Client.Tenants;

namespace DomainFlow.Client.Tests.Demo;

public class ReadingScoreTests
{
    private static readonly ExpectedReading Expect =
        new("pothole", "Beacon Street", null, 43.658, -70.26, 100, new DateTimeOffset(2026, 9, 1, 12, 0, 0, TimeSpan.Zero), 30, "medium");

    [Fact]
    public void A_right_reading_counts_in_each_row() =>
        Assert.All(Score(Expect, Read("pothole", 43.6585, "2026-09-01T12:29:00Z", "medium")), s => Assert.Equal((1, 1, true), (s.Right, s.Of, s.Holds)));

    [Fact]
    public void A_wrong_reading_is_missed_in_each_row() =>
        Assert.All(Score(Expect, Read("noise", 43.66, "2026-09-01T12:31:00Z", "low")), s => Assert.Equal(("s01", false), (Assert.Single(s.Missed), s.Holds)));

    [Fact]
    public void What_nobody_could_read_is_not_judged()
    {
        var scores = Score(Expect with { Lat = null, Lon = null, Time = null }, Read("pothole", 0, null, "medium"));
        Assert.Equal([1, 0, 0, 1], scores.Select(s => s.Of));
        Assert.All(scores, s => Assert.True(s.Holds));
    }

    [Fact]
    public void Distances_are_metres() => Assert.Equal(111_195, ReadingScore.Metres(43, -70, 44, -70), 100.0);

    [Fact]
    public void Photos_of_the_samples_carry_their_EXIF_place()
    {
        var samples = Samples.Open(Path.Combine(AppContext.BaseDirectory, "samples"));
        var photos = samples.Reports().SelectMany(r => r.Images).Distinct().Select(samples.Photo).ToList();
        Assert.Equal(10, photos.Count(p => p.Taken is not null));
        Assert.Null(photos.Single(p => p.Name == "pothole-bridge.jpg").Taken);
        Assert.Equal("image/png", Assert.Single(photos, p => p.Name.EndsWith(".png", StringComparison.Ordinal)).ContentType);
    }

    private static IReadOnlyList<Score> Score(ExpectedReading expect, ReportState state) =>
        ReadingScore.Of([(new SentSample(new SampleReport("s01", "text", default, [], null, expect), state.IncidentId, []), state)]);

    private static ReportState Read(string category, double lat, string? time, string urgency)
    {
        var data = new JsonObject
        {
            ["entity"] = new JsonObject { ["category"] = category },
            ["temporal"] = new JsonObject { ["timestamp"] = time, ["urgency"] = urgency },
        };
        return new ReportState(Guid.NewGuid(), "text", "completed", null, new PlaceState(lat, -70.26, "geo"), data, null, [], new Dictionary<string, string>());
    }
}
