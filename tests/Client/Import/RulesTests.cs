using DomainFlow.Local.Client.Api;
using DomainFlow.Local.Client.Import;

namespace DomainFlow.Client.Tests.Import;

public class RulesTests
{
    [Theory]
    [InlineData("Pothole", "It is deep.", "Pothole\nIt is deep.")]
    [InlineData("Pothole", "pothole on the corner", "pothole on the corner")]
    [InlineData("Pothole", "", "Pothole")]
    [InlineData("", "It is deep.", "It is deep.")]
    [InlineData(" Pothole ", " Pothole ", "Pothole")]
    public void The_text_is_summary_and_description_without_saying_it_twice(string summary, string description, string text) =>
        Assert.Equal(text, ReportText.Of(summary, description));

    [Theory]
    [InlineData("2026-07-01T12:00:00", "2026-07-01T16:00:00Z")]
    [InlineData("2026-01-01 12:00", "2026-01-01T17:00:00Z")]
    [InlineData("2026-11-01T01:30:00", "2026-11-01T05:30:00Z")] // Shown twice: the first.
    [InlineData("2026-03-08T02:30:00", "2026-03-08T07:30:00Z")] // Skipped: counted on, 03:30 daylight time.
    [InlineData("2026-03-08T03:00:00", "2026-03-08T07:00:00Z")]
    [InlineData("2026-07-01T12:00:00Z", "2026-07-01T12:00:00Z")]
    [InlineData("2026-07-01T12:00:00+02:00", "2026-07-01T10:00:00Z")]
    public void A_local_time_means_one_instant(string local, string instant) =>
        Assert.Equal(DateTimeOffset.Parse(instant, null), LocalTimes.In("America/New_York").ToInstant(local));

    [Theory]
    [InlineData("")]
    [InlineData("2026-02-30T12:00:00")]
    [InlineData("07/01/2026")]
    public void What_is_no_time_is_null(string text) => Assert.Null(LocalTimes.In("America/New_York").ToInstant(text));

    [Fact]
    public void An_unknown_time_zone_is_named() =>
        Assert.Contains("Mars/Olympus", Assert.Throws<ClientException>(() => LocalTimes.In("Mars/Olympus")).Message);
}
