using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DomainFlow.Local.Objects;

/// <summary>What stands beside an object's file.</summary>
internal sealed record ObjectMeta(
    [property: JsonPropertyName("content_type")] string ContentType,
    [property: JsonPropertyName("size")] long Size,
    [property: JsonPropertyName("etag")] string ETag,
    [property: JsonPropertyName("created_at")] DateTimeOffset CreatedAt)
{
    /// <summary>The time of writing of the object's file, which is set before the file takes its place.</summary>
    [JsonIgnore]
    public string Version => CreatedAt.UtcTicks.ToString("X16", CultureInfo.InvariantCulture);
}

/// <summary>
/// Objects as files: {folder}/{bucket}/{key} beside {folder}/.meta/{bucket}/{key}.json. The functions' embedded object store reads and
/// writes the same folder; whoever changes a key holds its lock.
/// </summary>
internal sealed class ObjectFiles
{
    private const int MaxKeyBytes = 1024;
    private const int MaxNameBytes = 250;
    private const int Attempts = 10;
    private const int Busy = 11;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly string folder;
    private readonly TimeProvider clock;

    /// <summary>What an earlier run left half-uploaded is dropped.</summary>
    public ObjectFiles(string folder, TimeProvider clock)
    {
        this.folder = folder;
        this.clock = clock;
        if (Directory.Exists(Uploads)) Directory.Delete(Uploads, recursive: true);
        Directory.CreateDirectory(Uploads);
    }

    private string Uploads => Path.Combine(folder, ".uploads");

    /// <summary>Whether the key can be a path below its bucket: no part of it may lead elsewhere.</summary>
    public static bool IsKey(string key) =>
        key.Length > 0 && Encoding.UTF8.GetByteCount(key) <= MaxKeyBytes && !key.Any(char.IsControl) && !key.Contains('\\', StringComparison.Ordinal)
        && key.Split('/').All(part => part is not ("" or "." or "..") && Encoding.UTF8.GetByteCount(part) <= MaxNameBytes);

    /// <summary>Stores a stream under a key, all of it or nothing; the error when its size is out of bounds.</summary>
    /// <param name="announce">Called before the object takes its place, with the time of its event.</param>
    public async Task<(ObjectMeta? Meta, S3Error? Error)> StoreAsync(
        string bucket, string key, string contentType, Stream body, PostPolicy policy, Func<DateTimeOffset, Task> announce, CancellationToken cancellationToken)
    {
        var temporary = Path.Combine(Uploads, Guid.NewGuid().ToString());
        try
        {
            var (size, etag, error) = await CopyAsync(body, temporary, policy, cancellationToken);
            if (error is not null) return (null, error);
            using var held = await LockAsync(bucket, key, cancellationToken);
            var path = PathOf(bucket, key);
            var meta = new ObjectMeta(contentType, size, etag, NextTime(path));
            File.SetLastWriteTimeUtc(temporary, meta.CreatedAt.UtcDateTime);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await announce(meta.CreatedAt);
            await WriteMetaAsync(bucket, key, meta, cancellationToken);
            Place(temporary, path);
            return (meta, null);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Waits until nobody else changes the key, and holds it until disposed.</summary>
    public async Task<IDisposable> LockAsync(string bucket, string key, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, ".locks", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{bucket}/{key}")), 0, 1));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e.HResult == Busy)
            {
                await Task.Delay(Pause, clock, cancellationToken);
            }
        }
    }

    /// <summary>The object's file and what stands beside it; null where there is no such object.</summary>
    public async Task<(FileInfo File, ObjectMeta Meta)?> FindAsync(string bucket, string key, CancellationToken cancellationToken)
    {
        var file = new FileInfo(PathOf(bucket, key));
        if (!file.Exists || !File.Exists(MetaPathOf(bucket, key))) return null;
        await using var stream = File.OpenRead(MetaPathOf(bucket, key));
        return await JsonSerializer.DeserializeAsync<ObjectMeta>(stream, cancellationToken: cancellationToken) is { } meta ? (file, meta) : null;
    }

    private static async Task<(long Size, string ETag, S3Error? Error)> CopyAsync(
        Stream body, string path, PostPolicy policy, CancellationToken cancellationToken)
    {
        using var hash = Hash();
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        var chunk = new byte[81920];
        var size = 0L;
        while (await UploadForm.ReadPartAsync(body, chunk, cancellationToken) is var read and > 0)
        {
            size += read;
            if (size > policy.MaxBytes)
                return (size, "", SizeError("EntityTooLarge", "exceeds the maximum allowed size", size, "MaxSizeAllowed", policy.MaxBytes));
            hash.AppendData(chunk, 0, read);
            await file.WriteAsync(chunk.AsMemory(0, read), cancellationToken);
        }

        if (size < policy.MinBytes)
            return (size, "", SizeError("EntityTooSmall", "is smaller than the minimum allowed size", size, "MinSizeAllowed", policy.MinBytes));
        return (size, Convert.ToHexStringLower(hash.GetHashAndReset()), null);
    }

    private static S3Error SizeError(string code, string why, long size, string limit, long bound) =>
        new(400, code, "Your proposed upload " + why, ("ProposedSize", size.ToString()), (limit, bound.ToString()));

    private async Task WriteMetaAsync(string bucket, string key, ObjectMeta meta, CancellationToken cancellationToken)
    {
        var temporary = Path.Combine(Uploads, Guid.NewGuid() + ".json");
        try
        {
            await File.WriteAllBytesAsync(temporary, JsonSerializer.SerializeToUtf8Bytes(meta), cancellationToken);
            Place(temporary, MetaPathOf(bucket, key));
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>A folder that was empty may be dropped, by a function, between its making and its use.</summary>
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

    /// <summary>Later than the object that is there, whatever the clock says.</summary>
    private DateTimeOffset NextTime(string path)
    {
        var now = clock.GetUtcNow();
        var last = File.Exists(path) ? new DateTimeOffset(File.GetLastWriteTimeUtc(path)).AddTicks(1) : now;
        return now > last ? now : last;
    }

    private string PathOf(string bucket, string key) => Path.Combine(folder, bucket, key);

    private string MetaPathOf(string bucket, string key) => Path.Combine(folder, ".meta", bucket, key + ".json");

    [SuppressMessage("Security", "CA5351", Justification = "S3's ETag is the MD5 of the content; nothing is secured by it.")]
    private static IncrementalHash Hash() => IncrementalHash.CreateHash(HashAlgorithmName.MD5);
}
