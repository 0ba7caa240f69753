using System.Globalization;

namespace DomainFlow.Benchmarks.Measuring;

/// <summary>What processes took at most, by the kernel's account.</summary>
internal static class ProcessMemory
{
    /// <summary>Most resident memory that the process ever had (VmHWM), in MiB.</summary>
    public static double PeakMiB(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>The largest peak of the Lambda functions that a host runs, by the functions' names.</summary>
    public static IReadOnlyDictionary<string, double> OfFunctions(int host)
    {
        var peaks = new Dictionary<string, double>();
        foreach (var process in Children(host))
        {
            if (FunctionName(process) is not { } name) continue;
            peaks[name] = Math.Max(peaks.GetValueOrDefault(name), PeakMiB(process));
        }

        return peaks;
    }

    private static IEnumerable<int> Children(int parent) =>
        Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && ParentOf(id) == parent);

    private static int? ParentOf(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null; // gone meanwhile
        }
    }

    private static string? FunctionName(int process)
    {
        const string Variable = "AWS_LAMBDA_FUNCTION_NAME=";
        return File.ReadAllText($"/proc/{process}/environ").Split('\0')
            .FirstOrDefault(entry => entry.StartsWith(Variable, StringComparison.Ordinal))?[Variable.Length..];
    }
}
