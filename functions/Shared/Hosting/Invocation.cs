using Amazon.Lambda.Core;

namespace DomainFlow.Hosting;

/// <summary>One invocation: its id and the token that ends its work shortly before Lambda would.</summary>
public sealed class Invocation : IDisposable
{
    /// <summary>Left for the answer itself.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(750);

    private readonly CancellationTokenSource _deadline;
    private readonly ILambdaContext _context;

    public Invocation(ILambdaContext context)
    {
        _context = context;
        var left = context.RemainingTime - Margin;
        _deadline = left > TimeSpan.Zero ? new(left) : new(TimeSpan.FromMilliseconds(1));
    }

    public string RequestId => _context.AwsRequestId;

    public TimeSpan Remaining => _context.RemainingTime - Margin;

    public CancellationToken Deadline => _deadline.Token;

    public void Dispose() => _deadline.Dispose();
}
