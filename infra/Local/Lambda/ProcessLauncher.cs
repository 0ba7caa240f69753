using System.Collections.Concurrent;
using System.Diagnostics;

namespace DomainFlow.Local.Lambda;

/// <summary>
/// Starts processes that die with the host, however it dies. The kernel sends the parent-death signal when the starting thread ends,
/// so one thread starts them all and lives as long as the host.
/// </summary>
internal sealed class ProcessLauncher : IDisposable
{
    private readonly BlockingCollection<(ProcessStartInfo Info, TaskCompletionSource<Process> Started)> requests = [];
    private readonly Thread thread;

    public ProcessLauncher()
    {
        thread = new Thread(Run) { IsBackground = true, Name = "process launcher" };
        thread.Start();
    }

    /// <summary>Starts the executable with exactly these variables, in a session of its own: Ctrl-C at the terminal is the host's alone.</summary>
    public Task<Process> StartAsync(string executable, IReadOnlyDictionary<string, string> variables)
    {
        var info = new ProcessStartInfo("setsid")
        {
            ArgumentList = { "setpriv", "--pdeathsig", "KILL", executable },
            WorkingDirectory = Path.GetDirectoryName(executable)!,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment.Clear();
        foreach (var (name, value) in variables) info.Environment[name] = value;
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        requests.Add((info, started));
        return started.Task;
    }

    public void Dispose()
    {
        requests.CompleteAdding();
        thread.Join();
        requests.Dispose();
    }

    private void Run()
    {
        foreach (var (info, started) in requests.GetConsumingEnumerable())
        {
            try
            {
                var process = Process.Start(info)!;
                process.StandardInput.Close();
                started.SetResult(process);
            }
            catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
            {
                started.SetException(e);
            }
        }
    }
}
