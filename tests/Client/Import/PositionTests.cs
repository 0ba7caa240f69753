using DomainFlow.Imports;
using DomainFlow.Imports.Rows;

namespace DomainFlow.Client.Tests.Import;

public class PositionTests
{
    private static readonly string Near = string.Concat(Enumerable.Range(0, 9).Select(i => $"n{i};2026-09-01;x;43.65{i};-70.25{i};\n"));

    [Theory]
    [InlineData("43.6599", "-70.2598", "43.6599,-70.2598", null)]
    [InlineData("43,6599", "-70,2598", "43.6599,-70.2598", "decimal comma read as a point")]
    [InlineData("-70.2598", "43.6599", "43.6599,-70.2598", "position swapped")]
    [InlineData("-170.2598", "43.6599", "43.6599,-170.2598", "position swapped")]
    [InlineData("0", "0", null, "position 0,0")]
    [InlineData("0.000", "0,0", null, "position 0,0")]
    [InlineData("999", "999", null, "position out of range")]
    [InlineData("43.6599", "-999", null, "position out of range")]
    [InlineData("N/A", "n/a", null, "position is no number")]
    [InlineData("43.6599", "NaN", null, "position is no number")]
    [InlineData("43.6599", "", null, "half a position")]
    [InlineData("12.5", "13.75", "12.5,13.75", "position far from the others")]
    [InlineData("", "", null, null)]
    public void A_position_is_checked_and_the_row_goes_in_anyway(string lat, string lon, string? position, string? cause)
    {
        var row = Reading.Good(Reading.Rows($"id;reported_at;text;lat;lon;status\n{Near}1;2026-09-01;x;{lat};{lon};\n").Single(r => r.Id == "1"));
        Assert.Equal(position, row.Report.Position is { } at ? FormattableString.Invariant($"{at.Lat},{at.Lon}") : null);
        Assert.Equal(cause, row.Warnings.SingleOrDefault()?.Cause);
    }

    [Theory]
    [InlineData("Open", "pending")]
    [InlineData("IN-PROGRESS", "in_progress")]
    [InlineData("in_progress", "in_progress")]
    [InlineData("Acknowledged", "in_progress")]
    [InlineData("Completed", "resolved")]
    [InlineData("Archived", "closed")]
    [InlineData("Wartet", "in_progress")]
    [InlineData("Blau", null)]
    public void A_status_is_mapped_or_warned_about(string word, string? status)
    {
        var options = Reading.Options with { Statuses = new Dictionary<string, string> { ["wartet"] = "in_progress" } };
        var row = Reading.Good(Reading.Rows($"id,reported_at,text,status\n1,2026-09-01,x,{word}\n", options).Single());
        Assert.Equal((status, word), (row.Report.WorkStatus, row.Report.Status));
        Assert.Equal(status is null ? ["status not known"] : [], row.Warnings.Select(warning => warning.Cause));
    }

    [Fact]
    public void A_status_that_a_report_cannot_have_is_refused() => Assert.Equal(
        ImportSettings.Status,
        Assert.Throws<ImportException>(() => Reading.Rows("id,reported_at,text\n", Reading.Options with { Statuses = new Dictionary<string, string> { ["x"] = "done" } })).Setting);

    [Fact]
    public void A_summary_counts_rows_by_cause()
    {
        var summary = new ReadingSummary();
        foreach (var row in Reading.Rows("id,reported_at,text,lat,lon,address\n1,2026-09-01,x,43.6,-70.2,\n2,2026-09-01,x,0,0,12 Mill St\n3,then,x,,,\n4,2026-09-01,,,,\n5,then,x,,,\n")) summary.Add(row);
        Assert.Equal((5, 2, 1, 1), (summary.Rows, summary.Good, summary.Placed, summary.Addressed));
        Assert.Equal(["failed: time cannot be read: 2 rows", "failed: no text: 1 row", "warning: position 0,0: 1 row"], summary.Lines());
    }
}
