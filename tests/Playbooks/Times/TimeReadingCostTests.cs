using System.Globalization;
using System.Text;
using DomainFlow.Playbooks.Times;
using Xunit.Abstractions;

namespace DomainFlow.Playbooks.Tests.Times;

/// <summary>No text of the largest size costs much, and none makes the reading throw. Cost is counted in allocated bytes, which do not depend on the machine;
/// the bound on CPU time is many times what is used and only catches work that is not linear.</summary>
public sealed class TimeReadingCostTests(ITestOutputHelper output)
{
    private const int Largest = 10_000;
    private const long MostBytes = 30_000_000;
    private static readonly TimeSpan MostCpu = TimeSpan.FromSeconds(3);
    private static readonly DateTimeOffset Reference = new(2026, 9, 18, 20, 0, 0, TimeSpan.Zero);

    private static readonly string[] Pieces =
    [
        "hoy ", "1am ", "yesterday ", "last ", "Tuesday ", "of ", "last week ", "every ", "day ", "9:00-", "17:00 ", "3 ", "days ", "ago ", "for ", "since ",
        "May ", "5 ", "2026", "-", "/", "1/2 ", "2026-10-03T", "19:00:00Z ", "on the ", "14th ", "the ", "first ", "quarter to ", "half past ", "nine ", "am ",
        "vor ", "zwei ", "Wochen ", "letzten ", "Montagabend ", "hace ", "media ", "hora ", "a las ", "il y a ", "d'", "un an ", "เมื่อวาน", "วัน", "ทุ่ม",
        "between ", "and ", "from ", "to ", "until ", "please ", "born ", "will ", "Christmas ", "before ", "after ", ".", ". ", "\n", "((((", "''''", ":", "1",
        "99999999999", "٣", "๓", "12:", "T", "Z", "+14:00 ", "EST ", "noon ", "night ", "this morning ", "Sun Jan 09 06:43:06 EST 2022 ", "about ", "early ",
        "\u200d", "é", "\u0301", "\ud800",
    ];

    private long worstBytes;
    private TimeSpan worstCpu;

    [Fact]
    public void The_costliest_report_ever_seen_is_cheap() =>
        CheckCost(string.Concat(Enumerable.Repeat("hoy ", 1250)) + string.Concat(Enumerable.Repeat("1am ", 1250)));

    [Fact]
    public void No_repetition_of_one_piece_or_of_two_costs_much()
    {
        TimeExpressions.Find("warm up 1am", Reference, "UTC", "en", CancellationToken.None);
        for (var one = 0; one < Pieces.Length; one++)
        {
            CheckCost(Fill(Pieces[one]));
            // Each pair in turn, and one half after the other; a slice of the pairs keeps the test short.
            for (var other = one % 9; other < Pieces.Length; other += 9)
                CheckCost(other % 2 == 0 ? Fill(Pieces[one] + Pieces[other]) : Fill(Pieces[one], Largest / 2) + Fill(Pieces[other], Largest / 2));
        }

        output.WriteLine($"worst: {worstBytes / 1000} kB allocated, {worstCpu.TotalMilliseconds:0} ms of CPU in the process");
    }

    [Fact]
    public void Nothing_written_makes_the_reading_throw()
    {
        var random = new Random(20260918);
        for (var round = 0; round < 3_000; round++)
        {
            var text = new StringBuilder();
            for (var length = random.Next(1, 40); length > 0; length--)
                text.Append(random.Next(8) == 0 ? ((char)random.Next(1, 0xFFFF)).ToString() : Pieces[random.Next(Pieces.Length)]);
            var written = text.ToString();
            string[] zones = ["America/New_York", "Asia/Bangkok", "Pacific/Apia", "UTC"];
            string?[] languages = ["en", "de", "es", "th", null, "xx", ""];
            foreach (var mention in TimeExpressions.Find(written, Reference, zones[round % zones.Length], languages[round % languages.Length], CancellationToken.None))
                Assert.Equal(mention.Text, written.Substring(mention.Start, mention.Text.Length));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1950)]
    [InlineData(2150)]
    [InlineData(9999)]
    public void A_reference_at_the_edge_of_the_calendar_does_not_throw(int year)
    {
        foreach (var piece in Pieces)
        {
            foreach (var other in (string[])["900 years ago", "yesterday 24:00 +14:00", "for 5000 months", "next year", "2199-12-31 24:00", "99 years ago"])
                TimeExpressions.Find(piece + other, new DateTimeOffset(year, 12, 31, 23, 0, 0, TimeSpan.Zero), "Asia/Tokyo", "en", CancellationToken.None);
        }
    }

    [Theory]
    [InlineData("every day 9:00-17:00")]
    [InlineData("2026-09-17 ab ٩:٠٠ ٣ days ago १२:३०")]
    [InlineData("𝟗:𝟎𝟎 am, १०/१०/२०२६, ٢٠٢٦-٠٩-١٧")]
    public void Offsets_and_digits_of_other_scripts_do_no_harm(string text) =>
        TimeExpressions.Find(text, Reference, "America/New_York", "en", CancellationToken.None);

    [Fact]
    public void Digits_of_other_scripts_are_numbers() => Assert.Equal(
        "2026-09-17",
        Assert.Single(TimeExpressions.Find("٢٠٢٦-٠٩-١٧", Reference, "UTC", "en", CancellationToken.None)).From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    [Fact]
    public void A_reading_stops_at_the_deadline() => Assert.Throws<OperationCanceledException>(
        () => TimeExpressions.Find("yesterday", Reference, "UTC", "en", new CancellationToken(canceled: true)));

    private static string Fill(string piece, int length = Largest) => string.Concat(Enumerable.Repeat(piece, (length / piece.Length) + 1))[..length];

    private void CheckCost(string text)
    {
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var cpu = Environment.CpuUsage.TotalTime;
        TimeExpressions.Find(text, Reference, "America/New_York", "es", CancellationToken.None);
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        cpu = Environment.CpuUsage.TotalTime - cpu;
        (worstBytes, worstCpu) = (Math.Max(worstBytes, bytes), cpu > worstCpu ? cpu : worstCpu);
        Assert.True(bytes < MostBytes, $"{text[..40]}: {bytes / 1_000_000} MB");
        Assert.True(cpu < MostCpu, $"{text[..40]}: {cpu.TotalMilliseconds} ms of CPU");
    }
}
