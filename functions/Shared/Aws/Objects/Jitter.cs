namespace DomainFlow.Aws.Objects;

/// <summary>Waits of full jitter: any time up to a bound that doubles with each attempt.</summary>
internal static class Jitter
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <param name="attempt">From 1.</param>
    public static Task WaitAsync(int attempt, TimeProvider time, CancellationToken cancellationToken)
    {
        var bound = Math.Min(Longest.TotalMilliseconds, First.TotalMilliseconds * Math.Pow(2, attempt - 1));
        return Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * bound), time, cancellationToken);
    }
}
