using System.Globalization;
using DomainFlow.EndToEnd.Tests.Running;
using DomainFlow.Topology;

namespace DomainFlow.Chaos.Tests.Fuzz;

/// <summary>The functions' processes and what they hold.</summary>
internal static class MemoryWatch
{
    /// <summary>Resident KiB by process, of the host and of every function that serves routes or messages.</summary>
    public static IReadOnlyDictionary<int, long> Resident(RunningSystem system) =>
        SystemMap.Functions.Where(function => function.Name != SystemMap.DbInit).SelectMany(function => system.FunctionProcesses(function.Name))
            .Append(system.HostProcess).ToDictionary(process => process, Resident);

    /// <summary>The end of its executable's path: every function's own name is bootstrap.</summary>
    public static string Name(int process) => string.Join('/', File.ReadAllText($"/proc/{process}/cmdline").Split('\0')[0].Split('/')[^3..]);

    private static long Resident(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
