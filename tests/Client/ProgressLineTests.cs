using DomainFlow.Local.Client;

namespace DomainFlow.Client.Tests;

public class ProgressLineTests
{
    [Theory]
    [InlineData(0, 100, 0, "sent 0/100 0.0/s ETA -")]
    [InlineData(25, 100, 10, "sent 25/100 2.5/s ETA 0:30")]
    [InlineData(100, 100, 65, "sent 100/100 1.5/s in 1:05")]
    [InlineData(10, 100000, 10, "sent 10/100000 1.0/s ETA 27:46:30")]
    public void A_line_tells_rate_and_time_left(int done, int total, int seconds, string line) =>
        Assert.Equal(line, ProgressLine.Text("sent", done, total, TimeSpan.FromSeconds(seconds), bar: false));

    [Fact]
    public void A_plain_log_gets_a_line_in_each_interval_and_one_at_the_end()
    {
        var clock = new StepClock();
        using var output = new StringWriter();
        var progress = new ProgressLine("sent", 20, output, isTerminal: false, TimeSpan.FromSeconds(5), clock);
        for (var i = 0; i < 20; i++)
        {
            clock.Seconds++;
            progress.Advance();
        }

        progress.End();
        Assert.Equal(["sent 5/20", "sent 10/20", "sent 15/20", "sent 20/20", "sent 20/20"], output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => string.Join(' ', l.Split(' ').Take(2))));
    }

    private sealed class StepClock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
