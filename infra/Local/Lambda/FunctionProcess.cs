using System.Diagnostics;

namespace DomainFlow.Local.Lambda;

/// <summary>One running process of a function.</summary>
internal sealed class FunctionProcess : IDisposable
{
    private readonly Process process;
    private readonly Lock gate = new();
    private bool gone;

    public FunctionProcess(Process process, Action<string> line)
    {
        this.process = process;
        Id = process.Id;
        Exit = WatchAsync(line);
    }

    public int Id { get; }

    /// <summary>Ends with the exit code once the process is gone and its output is read; 128 + n for signal n.</summary>
    public Task<int> Exit { get; }

    public bool HasExited => Exit.IsCompleted || process.HasExited;

    public void Freeze() => Signal(Signals.Stop);

    public void Thaw() => Signal(Signals.Continue);

    /// <summary>A stopped process dies of SIGKILL too.</summary>
    public void Kill() => Signal(Signals.Kill);

    public void Dispose() => process.Dispose();

    /// <summary>Once a process is reaped, its id may be another's: no signal is sent then.</summary>
    private void Signal(Action<int> send)
    {
        lock (gate)
        {
            if (!gone && !process.HasExited) send(Id);
        }
    }

    private async Task<int> WatchAsync(Action<string> line)
    {
        var output = Task.WhenAll(PumpAsync(process.StandardOutput, line), PumpAsync(process.StandardError, line));
        await process.WaitForExitAsync();
        lock (gate) gone = true;
        // A child of the function that holds the pipe open must not hold the host.
        await Task.WhenAny(output, Task.Delay(TimeSpan.FromSeconds(1)));
        return process.ExitCode;
    }

    private static async Task PumpAsync(StreamReader reader, Action<string> line)
    {
        while (await reader.ReadLineAsync() is { } text) line(text);
    }
}
