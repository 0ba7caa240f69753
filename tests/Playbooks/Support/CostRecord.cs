using System.Diagnostics;

namespace DomainFlow.Playbooks.Tests.Support;

/// <summary>
/// Measures what an input costs the process, allocations and processor time, and keeps the worst of each kind. <c>./verify cost</c> tries
/// thousands of inputs under the product's bounds and prints the worst; <c>./test</c> tries some under wider bounds of time, since other work
/// shares the machine.
/// </summary>
internal static class CostRecord
{
    public const long MaxBytes = 64L << 20;

    private static readonly Lock Gate = new();
    private static readonly SortedDictionary<string, (int Inputs, long Bytes, double Milliseconds)> Worst = [];

    public static bool IsVerifying { get; } = Environment.GetEnvironmentVariable("DOMAINFLOW_VERIFY") is not null;

    /// <summary>All cases for <c>./verify</c>, every sixth for <c>./test</c>.</summary>
    public static IEnumerable<T> Some<T>(IEnumerable<T> cases) => IsVerifying ? cases : cases.Where((_, place) => place % 6 == 0);

    /// <param name="kind">As it is printed: text, question.</param>
    /// <param name="bound">Processor time that <c>./verify</c> allows; <c>./test</c> allows ten times as much.</param>
    public static async Task<T> MeasureAsync<T>(string kind, TimeSpan bound, string input, Func<Task<T>> work)
    {
        var (bytes, time) = (GC.GetTotalAllocatedBytes(precise: true), Process.GetCurrentProcess().TotalProcessorTime);
        var result = await work();
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        time = Process.GetCurrentProcess().TotalProcessorTime - time;
        Keep(kind, bytes, time.TotalMilliseconds);
        var begin = input[..Math.Min(40, input.Length)];
        Assert.True(bytes < MaxBytes, $"{bytes >> 20} MiB: {begin}...");
        Assert.True(time < (IsVerifying ? bound : 10 * bound), $"{time.TotalMilliseconds:0} ms: {begin}...");
        return result;
    }

    private static void Keep(string kind, long bytes, double milliseconds)
    {
        lock (Gate)
        {
            var before = Worst.GetValueOrDefault(kind);
            Worst[kind] = (before.Inputs + 1, Math.Max(before.Bytes, bytes), Math.Max(before.Milliseconds, milliseconds));
            if (Environment.GetEnvironmentVariable("DOMAINFLOW_VERIFY_FOUND") is { } file)
            {
                File.WriteAllText(file, string.Join("; ", Worst.Select(worst =>
                    $"{worst.Value.Inputs} of kind {worst.Key}: at most {worst.Value.Milliseconds:0} ms CPU, {worst.Value.Bytes >> 20} MiB")));
            }
        }
    }
}
