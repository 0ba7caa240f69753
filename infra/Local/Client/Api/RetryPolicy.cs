using System.Net;

namespace DomainFlow.Local.Client.Api;

/// <summary>
/// Repeats what was throttled or got no answer, after the time that the server names, else after a growing, jittered one. Only for
/// requests that may be sent twice: reads, and writes under an Idempotency-Key.
/// </summary>
public sealed class RetryPolicy(TimeProvider clock)
{
    /// <summary>Attempts in all.</summary>
    public int Attempts { get; init; } = 8;

    /// <summary>How long a system that is away or full (no answer, 429, 503) is waited for, instead of so many attempts; null for those.</summary>
    public TimeSpan? Patience { get; init; }

    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest wait, also where the server names a longer one.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>From 0 to 1: how much of a delay is left to chance.</summary>
    public Func<double> Chance { get; init; } = Random.Shared.NextDouble;

    /// <summary>The first answer that needs no repeat, or the last one.</summary>
    /// <exception cref="HttpRequestException">The last attempt got no answer.</exception>
    /// <exception cref="TimeoutException">The last attempt took too long.</exception>
    public async Task<ApiAnswer> RunAsync(Func<CancellationToken, Task<ApiAnswer>> send, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var faults = 0;
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan? told = null;
            try
            {
                var answer = await send(cancellationToken);
                var isAway = answer.Status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;
                if (!MayPass(answer) || (isAway ? IsOver(attempt, started) : ++faults >= Attempts || IsOver(attempt, started))) return answer;
                told = answer.RetryAfter;
            }
            catch (Exception e) when (e is HttpRequestException or TimeoutException && !IsOver(attempt, started))
            {
            }

            await Task.Delay(Delay(attempt, told), clock, cancellationToken);
        }
    }

    private bool IsOver(int attempt, long started) => Patience is { } patience ? clock.GetElapsedTime(started) >= patience : attempt >= Attempts;

    internal TimeSpan Delay(int attempt, TimeSpan? told)
    {
        var grown = FirstDelay * Math.Pow(2, Math.Min(attempt - 1, 20)) * (0.5 + (Chance() / 2));
        // A server that names a time is taken at its word; chance only spreads those who were told the same.
        var delay = told is { } named && named > TimeSpan.Zero ? named + (FirstDelay * Chance()) : grown;
        return delay < LongestDelay ? delay : LongestDelay;
    }

    private static bool MayPass(ApiAnswer answer) => answer.Status switch
    {
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => true,
        HttpStatusCode.InternalServerError => true,
        HttpStatusCode.Conflict => answer.RetryAfter is not null,
        _ => false,
    };
}
