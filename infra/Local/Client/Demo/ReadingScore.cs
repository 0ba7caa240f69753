using System.Globalization;
using DomainFlow.Local.Client.Api;

namespace DomainFlow.Local.Client.Demo;

/// <summary>How many readings are right, of those where there is something to read.</summary>
/// <param name="Floor">From 0 to 1: under it, the demo fails.</param>
internal sealed record Score(string What, double Floor, int Right, int Of, IReadOnlyList<string> Missed)
{
    public double Share => Of == 0 ? 1 : (double)Right / Of;

    public bool Holds => Share >= Floor;
}

/// <summary>Compares what was extracted with what a person reads.</summary>
internal static class ReadingScore
{
    private const double EarthRadius = 6_371_000;

    public static IReadOnlyList<Score> Of(IReadOnlyList<(SentSample Sent, ReportState State)> reports) =>
    [
        Judge("category", 0.7, reports, _ => true, (s, state) => state.Extracted("entity", "category") == s.Category),
        Judge("place, within tolerance", 0.7, reports, s => s.Lat is not null, (s, state) => IsNear(s, state.Location)),
        Judge("time, within tolerance", 0.6, reports, s => s.Time is not null, (s, state) => IsSoon(s, state.Extracted("temporal", "timestamp"))),
        Judge("urgency", 0.5, reports, _ => true, (s, state) => state.Extracted("temporal", "urgency") == s.Urgency),
    ];

    private static Score Judge(
        string what,
        double floor,
        IReadOnlyList<(SentSample Sent, ReportState State)> reports,
        Func<Tenants.ExpectedReading, bool> applies,
        Func<Tenants.ExpectedReading, ReportState, bool> isRight)
    {
        var judged = reports.Where(r => applies(r.Sent.Sample.Expect)).ToList();
        var missed = judged.Where(r => !isRight(r.Sent.Sample.Expect, r.State)).Select(r => r.Sent.Sample.Id).ToList();
        return new Score(what, floor, judged.Count - missed.Count, judged.Count, missed);
    }

    private static bool IsNear(Tenants.ExpectedReading expect, PlaceState? place) =>
        place is not null && Metres(expect.Lat!.Value, expect.Lon!.Value, place.Lat, place.Lon) <= expect.ToleranceM;

    private static bool IsSoon(Tenants.ExpectedReading expect, string? timestamp) =>
        DateTimeOffset.TryParse(timestamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        && Math.Abs((time - expect.Time!.Value).TotalMinutes) <= expect.TimeToleranceMinutes;

    /// <summary>Distance on the sphere.</summary>
    internal static double Metres(double lat1, double lon1, double lat2, double lon2)
    {
        var (a, b) = (double.DegreesToRadians(lat1), double.DegreesToRadians(lat2));
        var h = Math.Pow(Math.Sin((b - a) / 2), 2) + (Math.Cos(a) * Math.Cos(b) * Math.Pow(Math.Sin(double.DegreesToRadians(lon2 - lon1) / 2), 2));
        return 2 * EarthRadius * Math.Asin(Math.Sqrt(h));
    }
}
