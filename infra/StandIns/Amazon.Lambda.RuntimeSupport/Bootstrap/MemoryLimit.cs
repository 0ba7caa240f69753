namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Holds the garbage collector to the function's memory, so that it collects before Lambda ends the process.</summary>
internal static class MemoryLimit
{
    /// <summary>Applies a size in MB, unless the heap is held to less already.</summary>
    public static void Apply(string megabytes)
    {
        if (!ulong.TryParse(megabytes, out var size)) return;
        var bytes = size * 1024 * 1024;
        if ((ulong)GC.GetGCMemoryInfo().TotalAvailableMemoryBytes <= bytes) return;

        AppContext.SetData("GCHeapHardLimit", bytes);
        try
        {
            GC.RefreshMemoryLimit();
        }
        catch (InvalidOperationException)
        {
            // More than that is committed already: the function runs on without the cap.
        }
    }
}
