namespace DomainFlow.Embedded.Objects;

/// <summary>One writer of a key at a time, over all processes. The kernel gives it back when its process dies.</summary>
internal static class KeyLock
{
    private const int Busy = 11;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Held until it is disposed.</summary>
    public static async Task<IDisposable> TakeAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e.HResult == Busy)
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }
}
