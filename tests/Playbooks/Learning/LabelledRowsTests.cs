using DomainFlow.Imports.Rows;
using DomainFlow.Playbooks.Learning;
using DomainFlow.Quality.Commands;
using DomainFlow.Quality.Data;
using DomainFlow.Quality.Evaluation;

namespace DomainFlow.Playbooks.Tests.Learning;

public sealed class LabelledRowsTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    [Fact]
    public void Rows_that_cannot_be_used_are_counted_by_cause()
    {
        var read = Read("id,reported_at,text,category,lat,lon\nA-1,2026-09-01,hole,Pothole,43.6,-70.2\nB/2,2026-09-01,lamp,Light,0,0\nA-1,2026-09-01,again,Light,,\nC,31/31/2026,hole,Light,,\n,2026-09-01,hole,Light,,\n");
        Assert.Equal(["A-1", "B/2"], read.Rows.Select(row => row.Id));
        Assert.Equal((-70.2, 43.6), read.Rows[0].Report.Position);
        var lines = read.Lines().ToList();
        Assert.Contains("5 rows: 2 can be used, 3 are left out; 1 have a usable position", lines);
        Assert.Contains("left out: no id: 1 row", lines);
        Assert.Contains("left out: repeated id: 1 row", lines);
        Assert.Contains("left out: time cannot be read: 1 row", lines);
        Assert.Contains("warning: position 0,0: 1 row", lines);
    }

    [Fact]
    public void Day_and_month_are_not_guessed() =>
        Assert.Contains("(--date-format)", Assert.Throws<Fault>(() => Read("id,reported_at,text,category\n1,03/04/2026,hole,Pothole\n")).Message);

    [Fact]
    public void A_column_without_categories_is_named() =>
        Assert.Contains("category", Assert.Throws<Fault>(() => Read("id,reported_at,text\n1,2026-04-03,hole\n")).Message);

    [Theory]
    [InlineData("873534", true)]
    [InlineData("99999999999999999999999999999999999999999999999999999999991", false)]
    public void Numbers_are_halved_by_their_last_digit(string id, bool isEven) => Assert.Equal(isEven, LabelledRows.IsEven(id));

    [Fact]
    public void Other_ids_fall_into_both_halves() =>
        Assert.InRange(Enumerable.Range(0, 1000).Count(i => LabelledRows.IsEven($"SR-{i:x}")), 400, 600);

    [Fact]
    public void A_yardstick_never_learned_from_the_row_that_it_measures()
    {
        // In each half the word means the other category, so that a yardstick that knows a row of its own half is seen by what it says.
        List<LabelledRow> rows = [.. Enumerable.Range(0, 40).Select(i => new LabelledRow($"{i}", default, new LabelledReport("", "hole", i % 2 == 0 ? "Even" : "Odd", "", null)))];
        var yardsticks = new Yardsticks(rows);
        Assert.All(rows, row => Assert.NotEqual(row.Report.Category, yardsticks.For(row).Category("hole")));
        Assert.All(rows, row => Assert.NotEqual(row.Report.Category, yardsticks.For(row).Majority));
    }

    public void Dispose() => File.Delete(path);

    private LabelledRows Read(string csv)
    {
        File.WriteAllText(path, csv);
        return LabelledRows.Read(path, RowHalf.All, ReportFileOptions.In("UTC"), CancellationToken.None);
    }
}
