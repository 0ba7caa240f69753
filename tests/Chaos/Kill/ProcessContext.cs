namespace DomainFlow.Chaos.Tests.Kill;

/// <summary>How a stretch of a process's work ended.</summary>
internal enum Ending
{
    /// <summary>The work came to its end.</summary>
    Done,

    /// <summary>The work ended with an error.</summary>
    Failed,

    /// <summary>The process was killed: nothing of it ever runs again.</summary>
    Killed,

    /// <summary>The process stands still and can be let go on.</summary>
    Stalled,
}

/// <summary>
/// Runs a process's work one continuation at a time and can stop it before any of them. Every await of ours that has to wait passes
/// here, because none of our code leaves its context.
/// </summary>
internal sealed class ProcessContext : SynchronizationContext
{
    private readonly Lock _gate = new();
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _waiting = [];
    private TaskCompletionSource<Ending> _ended = NewEnding();
    private int? _stopAt;
    private bool _stopIsKill;
    private bool _killed;
    private bool _stalled;
    private bool _pumping;

    /// <summary>Continuations that ran; the start of the work is the first.</summary>
    public int Passed { get; private set; }

    /// <summary>What the work threw, where it failed.</summary>
    public Exception? Error { get; private set; }

    /// <summary>Starts the work.</summary>
    /// <param name="stopAt">The continuation before which the process is stopped, from 1; null lets it run to its end.</param>
    /// <param name="kill">Stops it for ever rather than until <see cref="ResumeAsync"/>.</param>
    public Task<Ending> RunAsync(Func<Task> work, int? stopAt, bool kill)
    {
        (_stopAt, _stopIsKill) = (stopAt, kill);
        var ending = _ended.Task;
        Post(_ => Watch(work), null);
        return ending;
    }

    /// <summary>Lets a stalled process go on, to its end or to its death so many continuations later.</summary>
    public Task<Ending> ResumeAsync(int? killAfter)
    {
        lock (_gate)
        {
            if (!_stalled) throw new InvalidOperationException("The process does not stand still.");
            (_stalled, _stopAt, _stopIsKill) = (false, Passed + 1 + killAfter, true);
            _ended = NewEnding();
        }

        var ending = _ended.Task;
        Pump();
        return ending;
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_gate)
        {
            if (_killed) return;
            _waiting.Enqueue((d, state));
        }

        Pump();
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing of ours blocks.");

    private void Pump()
    {
        lock (_gate)
        {
            if (_pumping || _killed || _stalled) return;
            _pumping = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(_ => RunWaiting(), null);
    }

    private void RunWaiting()
    {
        SetSynchronizationContext(this);
        while (Next() is { } next) next.Callback(next.State);
        SetSynchronizationContext(null);
    }

    private (SendOrPostCallback Callback, object? State)? Next()
    {
        lock (_gate)
        {
            if (_waiting.Count > 0 && Passed + 1 == _stopAt)
            {
                (_killed, _stalled) = (_stopIsKill, !_stopIsKill);
                if (_killed) _waiting.Clear();
                _pumping = false;
                _ended.TrySetResult(_killed ? Ending.Killed : Ending.Stalled);
                return null;
            }

            if (_waiting.Count == 0)
            {
                _pumping = false;
                return null;
            }

            Passed++;
            return _waiting.Dequeue();
        }
    }

    private async void Watch(Func<Task> work)
    {
        try
        {
            await work();
            _ended.TrySetResult(Ending.Done);
        }
        catch (Exception error)
        {
            Error = error;
            _ended.TrySetResult(Ending.Failed);
        }
    }

    private static TaskCompletionSource<Ending> NewEnding() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
