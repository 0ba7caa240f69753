namespace DomainFlow.Local.Client;

/// <summary>How far a piece of work is, of a total where there is one known: a bar that is drawn over on a terminal, else a plain line now and then. Safe to advance from many tasks.</summary>
internal sealed class ProgressLine(string what, int? total, TextWriter output, bool isTerminal, TimeSpan interval, TimeProvider clock)
{
    private const int Width = 30;
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private readonly long started = clock.GetTimestamp();
    private long shown = clock.GetTimestamp();
    private int done;
    private int length;

    public TimeSpan Elapsed => clock.GetElapsedTime(started);

    public void Advance(int by = 1)
    {
        lock (gate)
        {
            done += by;
            if (clock.GetElapsedTime(shown) >= (isTerminal ? Redraw : interval)) Show();
        }
    }

    /// <summary>Shows where it ended, and leaves the line.</summary>
    public void End()
    {
        lock (gate)
        {
            Show();
            if (isTerminal) output.WriteLine();
        }
    }

    private void Show()
    {
        shown = clock.GetTimestamp();
        var text = Text(what, done, total, Elapsed, isTerminal);
        if (isTerminal)
        {
            output.Write('\r' + text.PadRight(length));
            length = text.Length;
            output.Flush();
        }
        else
        {
            output.WriteLine(text);
        }
    }

    internal static string Text(string what, int done, int? total, TimeSpan elapsed, bool bar)
    {
        var rate = elapsed > TimeSpan.Zero ? done / elapsed.TotalSeconds : 0;
        if (total is not { } all) return $"{what} {done} {rate:0.0}/s";
        var share = all == 0 ? 1 : Math.Clamp((double)done / all, 0, 1);
        var filled = (int)(share * Width);
        var drawing = bar ? $" {new string('█', filled)}{new string('░', Width - filled)}" : "";
        var left = done >= all ? $"in {Clock(elapsed)}" : rate > 0 ? $"ETA {Clock(TimeSpan.FromSeconds((all - done) / rate))}" : "ETA -";
        return $"{what}{drawing} {done}/{all} {rate:0.0}/s {left}";
    }

    private static string Clock(TimeSpan time) => time.TotalHours >= 1 ? $"{(int)time.TotalHours}:{time:mm\\:ss}" : $"{time:m\\:ss}";
}
