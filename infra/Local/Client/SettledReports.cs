using DomainFlow.Local.Client.Api;

namespace DomainFlow.Local.Client;

/// <summary>Follows reports until each is settled: completed, failed or in need of an answer, and visible everywhere.</summary>
internal sealed class SettledReports(ApiClient api, TimeProvider clock)
{
    /// <summary>Reports come out about in the order in which they went in: past so many that still run, a round ends.</summary>
    private const int MaxRunningSeen = 8;

    /// <summary>Of more, only so many are held in memory.</summary>
    private const int Window = 1000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    /// <param name="stall">How long may pass without any report settling.</param>
    /// <param name="isSettled">What is waited for.</param>
    /// <param name="settled">Called for each, once.</param>
    /// <exception cref="ClientException">Nothing settled for so long; the message names one of the reports.</exception>
    public async Task WaitAsync(
        IEnumerable<Guid> incidents, TimeSpan stall, Func<ReportState, bool> isSettled, Action<ReportState> settled, CancellationToken cancellationToken)
    {
        using var source = incidents.GetEnumerator();
        var waiting = new LinkedList<Guid>();
        var last = clock.GetTimestamp();
        while (true)
        {
            while (waiting.Count < Window && source.MoveNext()) waiting.AddLast(source.Current);
            if (waiting.First is not { } node) return;
            ReportState? running = null;
            for (var (seen, next) = (0, (LinkedListNode<Guid>?)node); next is not null && seen < MaxRunningSeen;)
            {
                node = next;
                next = node.Next;
                var state = await api.ReportAsync(node.Value, cancellationToken);
                if (isSettled(state))
                {
                    settled(state);
                    waiting.Remove(node);
                    last = clock.GetTimestamp();
                }
                else
                {
                    running ??= state;
                    seen++;
                }
            }

            if (running is null) continue;
            if (clock.GetElapsedTime(last) > stall) throw new ClientException(Stalled(running, waiting.Count, stall));
            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    private static string Stalled(ReportState report, int count, TimeSpan stall) =>
        $"{(count < Window ? $"{count}" : $"{count} or more")} reports are not finished, and none was within {stall.TotalSeconds:0} s: report {report.IncidentId} is {report.Status}"
        + $" ({string.Join(", ", report.Stores.Select(s => $"{s.Key} {s.Value}"))}; images {string.Join(", ", report.Images.Select(i => i.Status))})";
}
