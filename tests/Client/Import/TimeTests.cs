using DomainFlow.Imports;
using DomainFlow.Imports.Rows;
using DomainFlow.Imports.Times;

namespace DomainFlow.Client.Tests.Import;

public class TimeTests
{
    [Theory]
    [InlineData("2026-07-01T12:00:00", "2026-07-01T16:00:00Z")]
    [InlineData("2026-01-01 12:00", "2026-01-01T17:00:00Z")]
    [InlineData("2026-11-01T01:30:00", "2026-11-01T05:30:00Z")] // Shown twice: the first.
    [InlineData("2026-03-08T02:30:00", "2026-03-08T07:30:00Z")] // Skipped: counted on, 03:30 daylight time.
    [InlineData("2026-03-08T03:00:00", "2026-03-08T07:00:00Z")]
    [InlineData("2026-07-01T12:00:00Z", "2026-07-01T12:00:00Z")]
    [InlineData("2026-07-01T12:00:00+02:00", "2026-07-01T10:00:00Z")]
    [InlineData("2026-07-01T12:00:00.000-0400", "2026-07-01T16:00:00Z")]
    [InlineData("2026-07-01", "2026-07-01T04:00:00Z")]
    [InlineData("2026/07/01 12:00", "2026-07-01T16:00:00Z")]
    [InlineData("01.07.2026 12:00", "2026-07-01T16:00:00Z")] // With dots the day stands first.
    [InlineData("01.07.26", "2026-07-01T04:00:00Z")]
    [InlineData("13/07/2026 12:00", "2026-07-13T16:00:00Z")]
    [InlineData("07/13/2026 12:05:06 PM", "2026-07-13T16:05:06Z")]
    [InlineData("7/13/2026 12:05 AM", "2026-07-13T04:05:00Z")]
    [InlineData("Jul 1, 2026 3:04 PM", "2026-07-01T19:04:00Z")]
    [InlineData("1 July 2026", "2026-07-01T04:00:00Z")]
    [InlineData("01-JUL-2026 15:04:00", "2026-07-01T19:04:00Z")]
    [InlineData("Wed, 01 Jul 2026 15:04:00 +0000", "2026-07-01T15:04:00Z")]
    public void A_time_means_one_instant(string text, string instant) => Assert.Equal(instant, Reading.Utc(Rows(text).Single()));

    [Theory]
    [InlineData("")]
    [InlineData("2026-02-30T12:00:00")]
    [InlineData("13/13/2026")]
    [InlineData("2026-07-01 25:00")]
    [InlineData("2026-07-01 12:00 tomorrow")]
    [InlineData("2026-07")]
    [InlineData("12.5")]
    [InlineData("45292.5")]
    [InlineData("٢٠٢٦-٠٧-٠١")]
    public void What_is_no_time_is_a_faulty_row(string text) => Assert.Equal("time cannot be read", Reading.Faulty(Rows(text).Single()).Issue.Cause);

    [Fact]
    public void Day_and_month_stand_as_the_whole_file_shows()
    {
        Assert.Equal(["2026-04-03T04:00:00Z", "2026-09-21T04:00:00Z"], Rows("03/04/2026", "21/09/2026").Select(Reading.Utc));
        Assert.Equal(["2026-03-04T05:00:00Z", "2026-09-21T04:00:00Z"], Rows("03/04/2026", "09/21/2026").Select(Reading.Utc));
        Assert.Equal(["2026-03-03T05:00:00Z"], Rows("03/03/2026").Select(Reading.Utc));
    }

    [Theory]
    [InlineData("'03/04/2026' in row 2 could be two days", "03/04/2026", "05/06/2026")]
    [InlineData("the day stands first in row 3 (21/09/2026) and the month in row 2 (09/21/2026)", "09/21/2026", "21/09/2026")]
    public void Day_and_month_are_never_guessed(string told, params string[] times)
    {
        var e = Assert.Throws<ImportException>(() => Rows(times));
        Assert.StartsWith(told, e.Message);
        Assert.Equal(ImportSettings.DateFormat, e.Setting);
    }

    [Fact]
    public void A_date_format_decides_and_takes_nothing_else()
    {
        var rows = Rows(Reading.Options with { DateFormats = ["dd/MM/yyyy HH:mm", "dd/MM/yyyy"] }, "03/04/2026", "03/04/2026 07:12", "2026-04-03");
        Assert.Equal(["2026-04-03T04:00:00Z", "2026-04-03T11:12:00Z"], rows.Take(2).Select(Reading.Utc));
        Reading.Faulty(rows[2]);
        Assert.Equal("2026-04-03T05:12:00Z", Reading.Utc(Rows(Reading.Options with { DateFormats = ["dd MM yyyy HH:mm zzz"] }, "03 04 2026 07:12 +02:00").Single()));
        foreach (var bad in new[] { "dd/mm/hh", "%", "nonsense", "d" })
            Assert.Equal(ImportSettings.DateFormat, Assert.Throws<ImportException>(() => Rows(Reading.Options with { DateFormats = [bad] }, "x")).Setting);
    }

    [Fact]
    public void I02_times_are_read_in_the_zone_that_is_given()
    {
        Assert.Equal("2026-09-01T05:12:00Z", Reading.Utc(Rows(Reading.Options with { TimeZone = "Europe/Berlin" }, "2026-09-01T07:12:00").Single()));
        Assert.Equal("2026-09-01T07:12:00Z", Reading.Utc(Rows(Reading.Options with { TimeZone = "Europe/Berlin" }, "2026-09-01T07:12:00Z").Single()));
    }

    [Fact]
    public void An_unknown_time_zone_is_named() =>
        Assert.Contains("Mars/Olympus", Assert.Throws<ImportException>(() => LocalTimes.In("Mars/Olympus")).Message);

    private static List<MappedRow> Rows(params string[] times) => Rows(Reading.Options, times);

    private static List<MappedRow> Rows(ReportFileOptions options, params string[] times) =>
        Reading.Rows("id,reported_at,text\n" + string.Concat(times.Select((time, i) => $"{i},\"{time}\",hole\n")), options);
}
