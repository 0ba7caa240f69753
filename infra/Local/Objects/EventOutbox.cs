using System.Text.Json;
using System.Text.Json.Serialization;
using DomainFlow.Local.Console;

namespace DomainFlow.Local.Objects;

/// <summary>An event that is to be sent; the object itself says the rest.</summary>
internal sealed record PendingEvent(
    [property: JsonPropertyName("bucket")] string Bucket,
    [property: JsonPropertyName("key")] string Key,
    [property: JsonPropertyName("at")] DateTimeOffset At);

/// <summary>
/// Events of objects as files, {objects}/.events/*.json: written before the object takes its place and deleted once the event is in its
/// queue, so that no object is left without its event, whoever dies in between. Functions put files there too.
/// </summary>
internal sealed class EventOutbox(string objects, ObjectFiles files, ObjectEvents events, HostLog log, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>A younger file is most likely its writer's to send.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly string folder = Directory.CreateDirectory(Path.Combine(objects, ".events")).FullName;

    /// <summary>Notes an event of an object that is about to be there; null where nobody is told of it.</summary>
    public async Task<string?> NoteAsync(PendingEvent pending, CancellationToken cancellationToken)
    {
        if (!events.Told(pending.Bucket, pending.Key).Any()) return null;
        var path = Path.Combine(folder, Guid.NewGuid() + ".json");
        try
        {
            await File.WriteAllBytesAsync(path + ".new", JsonSerializer.SerializeToUtf8Bytes(pending), cancellationToken);
            File.Move(path + ".new", path);
        }
        catch
        {
            File.Delete(path + ".new");
            throw;
        }

        return path;
    }

    /// <summary>Sends what was noted at a path. What cannot be sent now is sent later.</summary>
    public async Task SendAsync(string path, PendingEvent pending, CancellationToken cancellationToken)
    {
        try
        {
            // An object that never came to be, or is gone, has no event.
            if (await FindAsync(pending, cancellationToken) is { } meta)
                await events.CreatedAsync(pending.Bucket, pending.Key, meta, pending.At, cancellationToken);
            File.Delete(path);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.Write("objects", LogLevel.Error, $"the event {Path.GetFileName(path)} waits: {e.Message}");
        }
    }

    /// <summary>Sends what an earlier run left, then what comes, until told to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var ticks = new PeriodicTimer(Interval, clock);
        try
        {
            await SendAllAsync(clock.GetUtcNow(), stopping);
            while (await ticks.WaitForNextTickAsync(stopping)) await SendAllAsync(clock.GetUtcNow() - Grace, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops; what is left is sent at its next start.
        }
    }

    private async Task SendAllAsync(DateTimeOffset before, CancellationToken stopping)
    {
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*.json").Where(f => f.LastWriteTimeUtc <= before.UtcDateTime))
        {
            if (await ReadAsync(file.FullName, stopping) is { } pending) await SendAsync(file.FullName, pending, stopping);
        }
    }

    /// <summary>Under the key's lock, because a writer notes the event before it puts the object in its place.</summary>
    private async Task<ObjectMeta?> FindAsync(PendingEvent pending, CancellationToken cancellationToken)
    {
        using var held = await files.LockAsync(pending.Bucket, pending.Key, cancellationToken);
        return (await files.FindAsync(pending.Bucket, pending.Key, cancellationToken))?.Meta;
    }

    private static async Task<PendingEvent?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return JsonSerializer.Deserialize<PendingEvent>(await File.ReadAllBytesAsync(path, cancellationToken));
        }
        catch (FileNotFoundException)
        {
            return null; // sent by its writer meanwhile
        }
    }
}
