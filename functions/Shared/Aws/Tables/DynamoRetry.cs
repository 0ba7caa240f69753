using Polly;
using Polly.Retry;

namespace DomainFlow.Aws.Tables;

/// <summary>
/// Tries a call again while DynamoDB throttles, fails or conflicts, until the caller's token ends: that is the invocation's deadline.
/// Waits with full jitter, anything from nothing to a bound that doubles, so that callers who were refused together do not come back together.
/// </summary>
internal sealed class DynamoRetry(TimeProvider time)
{
    private static readonly TimeSpan FirstBound = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan HighestBound = TimeSpan.FromSeconds(5);

    private readonly ResiliencePipeline pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = int.MaxValue,
            ShouldHandle = arguments => new(IsWorthRetrying(arguments.Outcome.Exception, arguments.Context.CancellationToken)),
            DelayGenerator = arguments => new(Random.Shared.NextDouble() * Bound(arguments.AttemptNumber)),
        })
        .Build();

    /// <exception cref="OperationCanceledException">The token ended; the message tells DynamoDB's last failure, where there was one.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        Exception? last = null;
        try
        {
            return await pipeline.ExecuteAsync(
                async token =>
                {
                    try
                    {
                        return await call(token);
                    }
                    catch (Exception e) when (IsWorthRetrying(e, token))
                    {
                        last = e;
                        throw;
                    }
                },
                cancellationToken);
        }
        catch (OperationCanceledException e) when (last is not null && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException($"The time ended while DynamoDB failed: {last.Message}", e, cancellationToken);
        }
    }

    private static bool IsWorthRetrying(Exception? e, CancellationToken cancellationToken) =>
        e is not null && !cancellationToken.IsCancellationRequested && DynamoFailures.IsPassing(e);

    private static TimeSpan Bound(int attempt) => TimeSpan.FromTicks((long)Math.Min(HighestBound.Ticks, FirstBound.Ticks * Math.Pow(2, attempt)));
}
