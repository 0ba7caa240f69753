using Amazon.Lambda.Core;

namespace DomainFlow.Hosting;

/// <summary>One invocation, or one message's share of it: its id and the token that ends its work before Lambda, or the caller, would.</summary>
public sealed class Invocation : IDisposable
{
    /// <summary>Time kept for writing the answer.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(750);

    private readonly long _started = TimeProvider.System.GetTimestamp();
    private readonly CancellationTokenSource _deadline;
    private readonly Func<TimeSpan> _available;
    private TimeSpan _limit;

    public Invocation(ILambdaContext context)
        : this(context.AwsRequestId, () => context.RemainingTime - Margin, new CancellationTokenSource(), TimeSpan.MaxValue)
    {
    }

    private Invocation(string requestId, Func<TimeSpan> available, CancellationTokenSource deadline, TimeSpan limit)
    {
        RequestId = requestId;
        (_available, _deadline, _limit) = (available, deadline, limit);
        Schedule();
    }

    public string RequestId { get; }

    /// <summary>Time left for work; negative once the deadline has passed.</summary>
    public TimeSpan Remaining
    {
        get
        {
            var (own, available) = (_limit - TimeProvider.System.GetElapsedTime(_started), _available());
            return own < available ? own : available;
        }
    }

    public CancellationToken Deadline => _deadline.Token;

    /// <summary>Ends the work before <paramref name="patience"/> has passed since the start: the caller does not wait longer for an answer.</summary>
    public void EndWithin(TimeSpan patience)
    {
        _limit = patience - Margin;
        Schedule();
    }

    /// <summary>A part of this invocation with a deadline of its own, <paramref name="share"/> from now at the latest. The caller disposes it.</summary>
    public Invocation Share(TimeSpan share) =>
        new(RequestId, () => Remaining, CancellationTokenSource.CreateLinkedTokenSource(Deadline), share);

    public void Dispose() => _deadline.Dispose();

    private void Schedule()
    {
        if (Remaining is var left && left > TimeSpan.Zero)
        {
            _deadline.CancelAfter(left);
        }
        else
        {
            _deadline.Cancel();
        }
    }
}
