namespace DomainFlow.Search.Wire;

/// <summary>The waits between the tries of one call: full jitter, so that callers who failed together do not come back together.</summary>
internal sealed class Retry(OpenSearchOptions options)
{
    private const double FirstSeconds = 0.1;
    private const double LongestSeconds = 5;

    private readonly long start = options.Clock.GetTimestamp();
    private int tries;

    /// <returns>False where the patience is used up; then there was no wait.</returns>
    public async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        var longest = Math.Min(LongestSeconds, FirstSeconds * Math.Pow(2, tries++));
        var wait = TimeSpan.FromSeconds(longest * options.Jitter.NextDouble());
        if (options.Clock.GetElapsedTime(start) + wait > options.Patience)
            return false;
        await Task.Delay(wait, options.Clock, cancellationToken);
        return true;
    }
}
