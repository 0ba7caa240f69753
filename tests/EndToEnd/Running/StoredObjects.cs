using Amazon.S3;
using Amazon.S3.Model;

namespace DomainFlow.EndToEnd.Tests.Running;

/// <summary>The bucket of evidence by its back door, whichever store holds it.</summary>
internal sealed class StoredObjects(RunningSystem system) : IDisposable
{
    private const string Bucket = "evidence";

    private readonly AmazonS3Client? _s3 = system.Aws?.S3Client();

    private string Folder => Path.Combine(system.Objects, Bucket);

    /// <summary>Keys below a prefix that ends with a slash, in no order.</summary>
    public async Task<IReadOnlyList<string>> KeysAsync(string prefix)
    {
        if (_s3 is null)
        {
            var folder = Path.Combine(Folder, prefix);
            return Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file))] : [];
        }

        var keys = new List<string>();
        var request = new ListObjectsV2Request { BucketName = Bucket, Prefix = prefix };
        do
        {
            var page = await _s3.ListObjectsV2Async(request);
            keys.AddRange((page.S3Objects ?? []).Select(found => found.Key));
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (request.ContinuationToken is not null);
        return keys;
    }

    /// <returns>The version, as the store's event names it.</returns>
    public async Task<string> PlaceAsync(string key, byte[] content)
    {
        if (_s3 is not null)
        {
            using var stream = new MemoryStream(content);
            return (await _s3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = key, InputStream = stream, UseChunkEncoding = false })).VersionId;
        }

        var path = Path.Combine(Folder, key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, content);
        return File.GetLastWriteTimeUtc(path).Ticks.ToString("X16", null);
    }

    public void Dispose() => _s3?.Dispose();
}
