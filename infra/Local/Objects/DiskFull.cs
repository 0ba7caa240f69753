namespace DomainFlow.Local.Objects;

/// <summary>Tells a full disk, or a used-up quota, from other faults of a file.</summary>
internal static class DiskFull
{
    private const int NoSpace = 28;
    private const int NoQuota = 122;

    public static bool Is(Exception e) => e is IOException { HResult: NoSpace or NoQuota };
}
