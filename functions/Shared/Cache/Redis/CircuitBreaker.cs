namespace DomainFlow.Cache.Redis;

/// <summary>After some failures in a row nobody asks for a while; then one tries, and all ask again once it succeeds.</summary>
internal sealed class CircuitBreaker(TimeProvider time)
{
    private const int MaxFailures = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private int _failures;
    private DateTimeOffset _nextTry;

    /// <summary>Whether to ask now. Whoever is let through tells how it went.</summary>
    public bool Allows()
    {
        lock (_gate)
        {
            if (_failures < MaxFailures)
                return true;
            var now = time.GetUtcNow();
            if (now < _nextTry)
                return false;
            _nextTry = now + Pause; // the others wait for this one
            return true;
        }
    }

    /// <returns>Whether this closes it.</returns>
    public bool Succeeded()
    {
        lock (_gate)
        {
            var wasOpen = _failures >= MaxFailures;
            _failures = 0;
            return wasOpen;
        }
    }

    /// <returns>Whether it is open now, and whether this opened it.</returns>
    public (bool IsOpen, bool IsFirst) Failed()
    {
        lock (_gate)
        {
            _failures++;
            if (_failures >= MaxFailures)
                _nextTry = time.GetUtcNow() + Pause;
            return (_failures >= MaxFailures, _failures == MaxFailures);
        }
    }
}
