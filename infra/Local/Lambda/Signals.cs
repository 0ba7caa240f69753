using System.Runtime.InteropServices;

namespace DomainFlow.Local.Lambda;

/// <summary>Signals to a process, by kill(2).</summary>
internal static partial class Signals
{
    private const int SigKill = 9;
    private const int SigCont = 18;
    private const int SigStop = 19;

    public static void Kill(int processId) => _ = kill(processId, SigKill);

    public static void Stop(int processId) => _ = kill(processId, SigStop);

    public static void Continue(int processId) => _ = kill(processId, SigCont);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int kill(int pid, int signal);
}
