using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using DomainFlow.Domain.Objects;

namespace DomainFlow.Aws.Objects;

/// <summary>
/// The versions of a bucket's objects. A version is always deleted by its id: a delete without one would only hide the object behind
/// a marker.
/// </summary>
internal sealed class S3Versions(IAmazonS3 s3, TimeProvider time)
{
    private const int MaxBatch = 1000;
    private const int Attempts = 8;

    /// <summary>What a reader sees now, in the order of keys.</summary>
    public async IAsyncEnumerable<StoredObject> CurrentAsync(
        string bucket, string prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in PagesAsync(bucket, prefix, after, cancellationToken))
        {
            foreach (var version in page.Where(v => v.IsLatest == true && v.IsDeleteMarker != true))
                yield return new(version.Key, version.Size ?? 0, version.VersionId, ToUtc(version.LastModified));
        }
    }

    /// <summary>Oldest first and the named version last: no older one is seen in its place, and a repeat after a crash finds the rest.</summary>
    /// <param name="version">It goes with what it replaced; null: all that there are.</param>
    public async Task DeleteAsync(string bucket, string key, string? version, CancellationToken cancellationToken)
    {
        var found = await OfKeyAsync(bucket, key, cancellationToken);
        var last = version is null ? 0 : found.FindIndex(v => v.VersionId == version);
        if (last < 0 || found.Count == 0)
            return;
        // Markers alone above it: the object was hidden by somebody else, and goes.
        var first = found.Take(last).All(v => v.IsDeleteMarker == true) ? 0 : last;
        var doomed = found.Skip(first).Where(v => v != found[last]).Reverse().ToList();
        await DeleteAsync(bucket, doomed, cancellationToken);
        await DeleteAsync(bucket, [found[last]], cancellationToken);
    }

    /// <summary>What was there before the version.</summary>
    public async Task DeleteReplacedAsync(string bucket, string key, string version, CancellationToken cancellationToken)
    {
        var found = await OfKeyAsync(bucket, key, cancellationToken);
        var index = found.FindIndex(v => v.VersionId == version);
        if (index >= 0)
            await DeleteAsync(bucket, [.. found.Skip(index + 1).Reverse()], cancellationToken);
    }

    /// <summary>Always the first page: a position on a version that is gone is none.</summary>
    public async Task DeleteAllAsync(string bucket, string prefix, CancellationToken cancellationToken)
    {
        while (await FirstPageAsync(bucket, prefix, cancellationToken) is { Count: > 0 } page)
            await DeleteAsync(bucket, page, cancellationToken);
    }

    private async Task<List<S3ObjectVersion>?> FirstPageAsync(string bucket, string prefix, CancellationToken cancellationToken)
    {
        await foreach (var page in PagesAsync(bucket, prefix, null, cancellationToken))
            return page;
        return null;
    }

    /// <summary>Newest first.</summary>
    private async Task<List<S3ObjectVersion>> OfKeyAsync(string bucket, string key, CancellationToken cancellationToken)
    {
        var found = new List<S3ObjectVersion>();
        await foreach (var page in PagesAsync(bucket, key, null, cancellationToken))
        {
            found.AddRange(page.Where(v => v.Key == key));
            // The key itself stands before all that it is a prefix of.
            if (page.Exists(v => v.Key != key))
                break;
        }

        return found;
    }

    private async IAsyncEnumerable<List<S3ObjectVersion>> PagesAsync(
        string bucket, string prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListVersionsRequest { BucketName = bucket, Prefix = prefix, KeyMarker = after };
        while (true)
        {
            var page = await s3.ListVersionsAsync(request, cancellationToken);
            if (page.Versions is { Count: > 0 } versions)
                yield return versions;
            if (page.IsTruncated != true)
                yield break;
            (request.KeyMarker, request.VersionIdMarker) = (page.NextKeyMarker, page.NextVersionIdMarker);
        }
    }

    /// <summary>By batches; a key that S3 could not delete is tried again.</summary>
    /// <exception cref="AmazonS3Exception">One is refused for good, or still fails after all attempts.</exception>
    private async Task DeleteAsync(string bucket, IReadOnlyList<S3ObjectVersion> doomed, CancellationToken cancellationToken)
    {
        foreach (var batch in doomed.Select(v => new KeyVersion { Key = v.Key, VersionId = v.VersionId }).Chunk(MaxBatch))
        {
            List<KeyVersion> left = [.. batch];
            for (var attempt = 1; left.Count > 0; attempt++)
            {
                var errors = await DeleteOnceAsync(bucket, left, cancellationToken);
                if (errors.Find(e => !IsPassing(e.Code) || attempt == Attempts) is { } error)
                {
                    var message = $"{errors.Count} of {left.Count} versions were not deleted: {error.Code} {error.Message}";
                    throw new AmazonS3Exception(message) { ErrorCode = error.Code };
                }

                left = [.. left.Where(v => errors.Exists(e => e.Key == v.Key && e.VersionId == v.VersionId))];
                if (left.Count > 0)
                    await Jitter.WaitAsync(attempt, time, cancellationToken);
            }
        }
    }

    private async Task<List<DeleteError>> DeleteOnceAsync(string bucket, List<KeyVersion> batch, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await s3.DeleteObjectsAsync(new DeleteObjectsRequest { BucketName = bucket, Objects = batch, Quiet = true }, cancellationToken);
            return answer.DeleteErrors ?? [];
        }
        catch (DeleteObjectsException partly)
        {
            return partly.Response.DeleteErrors;
        }
    }

    private static bool IsPassing(string code) => code is "InternalError" or "SlowDown" or "ServiceUnavailable" or "RequestTimeout" or "OperationAborted";

    /// <summary>S3 tells UTC.</summary>
    private static DateTimeOffset ToUtc(DateTime? time) => new(DateTime.SpecifyKind(time!.Value.ToUniversalTime(), DateTimeKind.Utc));
}
