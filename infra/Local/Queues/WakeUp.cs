namespace DomainFlow.Local.Queues;

/// <summary>Wakes a loop that waits for work; a call that nobody waits for is kept.</summary>
internal sealed class WakeUp : IDisposable
{
    private readonly SemaphoreSlim signal = new(0);

    public void Set()
    {
        if (signal.CurrentCount == 0) signal.Release();
    }

    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => signal.WaitAsync(atMost, cancellationToken);

    public void Dispose() => signal.Dispose();
}
