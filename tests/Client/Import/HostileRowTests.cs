using System.Diagnostics;
using DomainFlow.Imports.Rows;
using Xunit.Abstractions;

namespace DomainFlow.Client.Tests.Import;

/// <summary>A row of anybody's file costs less than 64 MB of allocations; ./verify cost measures the processor's time.</summary>
public class HostileRowTests(ITestOutputHelper output)
{
    private const int Size = 1_000_000;
    private const string Header = "id,reported_at,text,lat,lon,status,category,address\n";

    public static TheoryData<string, string> Rows()
    {
        string Repeat(string what) => string.Concat(Enumerable.Repeat(what, Size / what.Length));
        return new TheoryData<string, string>
        {
            { "long text", $"1,2026-09-01,{Repeat("pothole ")},,,,," },
            { "nested quotes", $"1,2026-09-01,\"{Repeat("\"\"")}\",,,,," },
            { "stray quotes", $"1,2026-09-01,x{Repeat("\"")},,,,," },
            { "quotes and breaks", $"1,2026-09-01,\"{Repeat("\"\"\n")}\",,,,," },
            { "separators", $"1,2026-09-01,x,,,,,{Repeat(",")}" },
            { "long id", $"{Repeat("1")},2026-09-01,x,,,,," },
            { "long time", $"1,{Repeat("03/04/")},x,,,,," },
            { "blanks in a time", $"1,1 May{Repeat(" ")}2026,x,,,,," },
            { "long degrees", $"1,2026-09-01,x,{Repeat("9")},{Repeat("9")[..1000]},,," },
            { "long status", $"1,2026-09-01,x,,,{Repeat("open ")},," },
            { "surrogates", $"1,2026-09-01,{Repeat("🕳")},,,,," },
            { "blanks", $"1,2026-09-01,{Repeat(" ")},,,,," },
            { "apostrophes", $"1,2026-09-01,{Repeat("'")},,,,," },
        };
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_costs_little(string kind, string row)
    {
        var csv = System.Text.Encoding.UTF8.GetBytes(Header + row + "\n");
        var started = Process.GetCurrentProcess().TotalProcessorTime;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var rows = Reading.Rows(csv);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        output.WriteLine($"{kind}: {(Process.GetCurrentProcess().TotalProcessorTime - started).TotalMilliseconds:0} ms, {allocated / 1e6:0} MB");
        Assert.NotEmpty(rows);
        Assert.True(allocated < 64 * 1024 * 1024, $"{allocated / 1e6:0} MB allocated");
        Assert.All(rows, one => Assert.True(one is MappedRow.Faulty or MappedRow.Good { Report: { Text.Length: <= 10_000, Status.Length: <= 200, Address.Length: <= 300 } }));
        Assert.All(rows, one => Assert.True((one.ToString() ?? "").Length < 2000 || one is MappedRow.Good));
    }
}
