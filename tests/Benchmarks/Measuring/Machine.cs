using System.Globalization;
using System.Runtime.InteropServices;
using Npgsql;

namespace DomainFlow.Benchmarks.Measuring;

/// <summary>The machine that measured, in one line.</summary>
internal static class Machine
{
    public static async Task<string> DescribeAsync(string database, string? python, CancellationToken stop)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(stop);
        var load = (await File.ReadAllTextAsync("/proc/loadavg", stop)).Split(' ')[0];
        return $"{Environment.ProcessorCount} cores ({Processor()}), {MemoryGiB()} GiB, Linux {Environment.OSVersion.Version}, "
            + $"{RuntimeInformation.FrameworkDescription}, PostgreSQL {connection.PostgreSqlVersion}, "
            + $"{python ?? "no Python"}; load average at the start {load}.";
    }

    private static string MemoryGiB()
    {
        var line = File.ReadLines("/proc/meminfo").First(text => text.StartsWith("MemTotal:", StringComparison.Ordinal));
        var kib = double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        return (kib / 1024 / 1024).ToString("0.0", CultureInfo.InvariantCulture);
    }

    private static string Processor() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
        ?? RuntimeInformation.ProcessArchitecture.ToString();
}
