namespace DomainFlow.LocalHost.Tests;

/// <summary>Looks at processes through /proc.</summary>
internal static class ProcessTable
{
    /// <summary>The state letter (T is stopped); null when there is no such process.</summary>
    public static char? State(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            return stat[stat.LastIndexOf(')') + 2];
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Neither running nor stopped: gone, or dead and not yet collected.</summary>
    public static bool IsGone(int processId) => State(processId) is null or 'Z' or 'X';
}
