using System.Diagnostics;
using Xunit;

namespace DomainFlow.EndToEnd.Tests.Running;

/// <summary>Waits for what must come to hold, and says what stood when it did not.</summary>
internal static class Eventually
{
    public static Task HoldsAsync(Func<bool> condition, TimeSpan limit, Func<string> otherwise) => HoldsAsync(() => Task.FromResult(condition()), limit, otherwise);

    public static async Task HoldsAsync(Func<Task<bool>> condition, TimeSpan limit, Func<string> otherwise)
    {
        var watch = Stopwatch.StartNew();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await condition())
        {
            Assert.True(watch.Elapsed < limit, otherwise());
            await tick.WaitForNextTickAsync();
        }
    }

    public static async Task<Process> WaitedAsync(this Process process)
    {
        await process.WaitForExitAsync();
        return process;
    }
}
