namespace DomainFlow.Client.Tests.Import;

/// <summary>What reading may cost.</summary>
internal static class Costs
{
    /// <summary>Runs it once to warm up, then measures what this thread allocates.</summary>
    public static void Little(Action action, int megabytes)
    {
        action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < megabytes * 1024L * 1024, $"{allocated / 1e6:0} MB allocated");
    }
}
