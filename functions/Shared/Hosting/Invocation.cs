using Amazon.Lambda.Core;

namespace DomainFlow.Hosting;

/// <summary>One invocation: its id and the token that ends its work shortly before Lambda, or who waits for the answer, would.</summary>
public sealed class Invocation : IDisposable
{
    /// <summary>Left for the answer itself.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(750);

    private readonly long _started = TimeProvider.System.GetTimestamp();
    private readonly CancellationTokenSource _deadline = new();
    private readonly ILambdaContext _context;
    private TimeSpan _patience = TimeSpan.MaxValue;

    public Invocation(ILambdaContext context)
    {
        _context = context;
        Schedule();
    }

    public string RequestId => _context.AwsRequestId;

    public TimeSpan Remaining
    {
        get
        {
            var patience = _patience - TimeProvider.System.GetElapsedTime(_started);
            return (patience < _context.RemainingTime ? patience : _context.RemainingTime) - Margin;
        }
    }

    public CancellationToken Deadline => _deadline.Token;

    /// <summary>Nobody takes the answer later than so long after the start: the work ends shortly before.</summary>
    public void EndWithin(TimeSpan patience)
    {
        _patience = patience;
        Schedule();
    }

    public void Dispose() => _deadline.Dispose();

    private void Schedule() => _deadline.CancelAfter(Remaining is var left && left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1));
}
