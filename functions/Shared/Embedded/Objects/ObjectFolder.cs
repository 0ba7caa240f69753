using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using DomainFlow.Domain.Objects;
using DomainFlow.Topology;

namespace DomainFlow.Embedded.Objects;

/// <summary>
/// Changes objects in the folder that the host serves. An object's version is its file's time of writing, set before the file takes its
/// place, so that content and version change in one step. What a function should hear of is written into the folder of events first.
/// </summary>
internal sealed class ObjectFolder(ObjectPaths paths, TimeProvider time)
{
    private const int Attempts = 10;

    public Task PutAsync(string bucket, string key, string contentType, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        StoreAsync(bucket, key, contentType, async file =>
        {
            await file.WriteAsync(content, cancellationToken);
            return Hash(content.Span);
        }, cancellationToken);

    /// <exception cref="InvalidDataException">The stream gives fewer or more bytes than <paramref name="length"/>.</exception>
    public Task PutAsync(string bucket, string key, string contentType, Stream content, long length, CancellationToken cancellationToken) =>
        StoreAsync(bucket, key, contentType, async file =>
        {
            await content.CopyToAsync(file, cancellationToken);
            if (file.Length != length)
                throw new InvalidDataException($"The stream for {key} gave {file.Length} bytes, not {length}.");
            file.Position = 0;
            return await HashAsync(file, cancellationToken);
        }, cancellationToken);

    private async Task StoreAsync(
        string bucket, string key, string contentType, Func<FileStream, Task<string>> writeAndHash, CancellationToken cancellationToken)
    {
        var path = paths.Object(bucket, key);
        Directory.CreateDirectory(paths.Uploads);
        var temporary = Path.Combine(paths.Uploads, Guid.NewGuid().ToString());
        try
        {
            var (size, etag) = await WriteAsync(temporary, writeAndHash);
            using var held = await KeyLock.TakeAsync(paths.Lock(bucket, key), time, cancellationToken);
            var stored = NextTime(path);
            File.SetLastWriteTimeUtc(temporary, stored);
            if (IsTold(bucket, key))
                WriteWhole(Path.Combine(paths.Events, Guid.NewGuid() + ".json"), Event(bucket, key, stored));
            WriteWhole(paths.Description(bucket, key), Description(contentType, size, etag, stored));
            Place(temporary, path);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static async Task<(long Size, string ETag)> WriteAsync(string path, Func<FileStream, Task<string>> writeAndHash)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, useAsync: true);
        var etag = await writeAndHash(file);
        return (file.Length, etag);
    }

    public async Task DeleteAsync(string bucket, string key, string? version, CancellationToken cancellationToken)
    {
        var file = new FileInfo(paths.Object(bucket, key));
        using var held = await KeyLock.TakeAsync(paths.Lock(bucket, key), time, cancellationToken);
        if (file.Exists && version is not null && version != VersionOf(file))
            return;
        foreach (var path in new[] { file.FullName, paths.Description(bucket, key) })
        {
            if (File.Exists(path))
                File.Delete(path);
        }
    }

    /// <param name="prefix">Ends with a slash.</param>
    public async Task DeleteAllAsync(string bucket, string prefix, CancellationToken cancellationToken)
    {
        var (folder, described) = (paths.Folder(bucket, prefix), paths.Folder(bucket, prefix, descriptions: true));
        string[] keys = [.. Walk(folder, prefix, prefix).Select(o => o.Key), .. Walk(described, prefix, prefix).Select(o => o.Key[..^".json".Length])];
        foreach (var key in keys.Distinct())
            await DeleteAsync(bucket, key, null, cancellationToken);
        DropEmpty(folder);
        DropEmpty(described);
    }

    public async IAsyncEnumerable<StoredObject> ListAsync(
        string bucket, string prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var within = prefix[..(prefix.LastIndexOf('/') + 1)];
        foreach (var found in Walk(paths.Folder(bucket, within), within, prefix).SkipWhile(o => string.CompareOrdinal(o.Key, after) <= 0))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return found;
        }

        await Task.CompletedTask;
    }

    public async Task TellAgainAsync(string bucket, string key, CancellationToken cancellationToken)
    {
        var path = paths.Object(bucket, key);
        using var held = await KeyLock.TakeAsync(paths.Lock(bucket, key), time, cancellationToken);
        if (File.Exists(path))
            WriteWhole(Path.Combine(paths.Events, Guid.NewGuid() + ".json"), Event(bucket, key, NextTime(path)));
    }

    private static string VersionOf(FileInfo file) => file.LastWriteTimeUtc.Ticks.ToString("X16", CultureInfo.InvariantCulture);

    private static bool IsTold(string bucket, string key) =>
        SystemMap.ObjectTriggers.Any(trigger => trigger.Bucket == bucket && key.EndsWith(trigger.Suffix, StringComparison.Ordinal));

    /// <summary>Folders that end in a slash sort as keys do: "a.b" stands before "a/b".</summary>
    private static IEnumerable<StoredObject> Walk(string folder, string within, string prefix)
    {
        var entries = Entries(folder).Select(e => (Name: e is DirectoryInfo ? e.Name + "/" : e.Name, Entry: e));
        foreach (var (name, entry) in entries.OrderBy(e => e.Name, StringComparer.Ordinal))
        {
            var key = within + name;
            if (entry is DirectoryInfo && (key.StartsWith(prefix, StringComparison.Ordinal) || prefix.StartsWith(key, StringComparison.Ordinal)))
            {
                foreach (var found in Walk(entry.FullName, key, prefix))
                    yield return found;
            }
            else if (entry is FileInfo { Exists: true } file && key.StartsWith(prefix, StringComparison.Ordinal))
            {
                yield return new(key, file.Length, VersionOf(file), new(file.LastWriteTimeUtc));
            }
        }
    }

    private static FileSystemInfo[] Entries(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).GetFileSystemInfos();
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    private static void DropEmpty(string folder)
    {
        foreach (var inner in Entries(folder).OfType<DirectoryInfo>())
            DropEmpty(inner.FullName);
        try
        {
            Directory.Delete(folder);
        }
        catch (IOException)
        {
            // Gone already, or something came into it meanwhile.
        }
    }

    /// <summary>Later than the object that is there, whatever the clock says.</summary>
    private DateTime NextTime(string path)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var last = File.Exists(path) ? File.GetLastWriteTimeUtc(path).AddTicks(1) : now;
        return now > last ? now : last;
    }

    private void WriteWhole(string path, byte[] content)
    {
        Directory.CreateDirectory(paths.Uploads);
        var temporary = Path.Combine(paths.Uploads, Guid.NewGuid() + ".json");
        File.WriteAllBytes(temporary, content);
        Place(temporary, path);
    }

    /// <summary>A folder that was empty may be dropped between its making and its use.</summary>
    private static void Place(string temporary, string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.Move(temporary, path, overwrite: true);
                return;
            }
            catch (DirectoryNotFoundException) when (attempt < Attempts)
            {
            }
        }
    }

    /// <summary>What the host sends: it adds the rest from the object itself.</summary>
    private static byte[] Event(string bucket, string key, DateTime at) => Json(writer =>
    {
        writer.WriteString("bucket", bucket);
        writer.WriteString("key", key);
        writer.WriteString("at", at);
    });

    private static byte[] Description(string contentType, long size, string etag, DateTime stored) => Json(writer =>
    {
        writer.WriteString("content_type", contentType);
        writer.WriteNumber("size", size);
        writer.WriteString("etag", etag);
        writer.WriteString("created_at", stored);
    });

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    [SuppressMessage("Security", "CA5351", Justification = "S3's ETag is the MD5 of the content; nothing is secured by it.")]
    private static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(MD5.HashData(content));

    [SuppressMessage("Security", "CA5351", Justification = "S3's ETag is the MD5 of the content; nothing is secured by it.")]
    private static async Task<string> HashAsync(Stream content, CancellationToken cancellationToken) =>
        Convert.ToHexStringLower(await MD5.HashDataAsync(content, cancellationToken));
}
