using System.Net;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using DomainFlow.Domain.Objects;
using DomainFlow.Domain.Objects.Signing;

namespace DomainFlow.Aws.Objects;

/// <summary>
/// Objects in S3, in buckets that keep versions. Encryption is the bucket's own default. A grant made with temporary credentials ends
/// with them, if they end first.
/// </summary>
public sealed class S3Objects : IObjectStore
{
    /// <summary>A stream of at most this many bytes goes up in one call.</summary>
    internal const int MaxSingleBytes = 16 * 1024 * 1024;

    private const int Reads = 3;

    private readonly IAmazonS3 s3;
    private readonly AWSCredentials credentials;
    private readonly string region;
    private readonly TimeProvider time;
    private readonly S3Versions versions;

    /// <param name="credentials">Sign grants: such as have their key at hand and ask nobody for it.</param>
    /// <param name="region">That grants are signed for.</param>
    public S3Objects(IAmazonS3 s3, AWSCredentials credentials, string region, TimeProvider time)
    {
        (this.s3, this.credentials, this.region, this.time) = (s3, credentials, region, time);
        versions = new S3Versions(s3, time);
    }

    /// <summary>With the credentials of the environment, as Lambda gives them. No I/O.</summary>
    /// <exception cref="InvalidOperationException">AWS_ACCESS_KEY_ID or AWS_SECRET_ACCESS_KEY is not set.</exception>
    public static S3Objects Open(S3Settings settings, TimeProvider time)
    {
        var credentials = new EnvironmentVariablesAWSCredentials();
        return new S3Objects(new AmazonS3Client(credentials, settings.ToConfig()), credentials, settings.Region, time);
    }

    public async Task<byte[]?> ReadStartAsync(string bucket, string key, int count, CancellationToken cancellationToken)
    {
        ObjectName.Check(bucket, key);
        if (count == 0)
            return await SizeAsync(bucket, key, cancellationToken) is null ? null : [];
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ReadOnceAsync(bucket, key, count, cancellationToken);
            }
            catch (Exception broken) when (broken is IOException or HttpRequestException && attempt < Reads)
            {
                // The body broke off after S3 had answered: the SDK does not try that again.
                await Jitter.WaitAsync(attempt, time, cancellationToken);
            }
        }
    }

    public async Task<long?> SizeAsync(string bucket, string key, CancellationToken cancellationToken) =>
        (await DescribeAsync(bucket, key, cancellationToken))?.ContentLength;

    public Task PutAsync(string bucket, string key, string contentType, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        ObjectName.Check(bucket, key);
        return s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = bucket,
                Key = key,
                ContentType = contentType,
                InputStream = content.ToStream(),
                ChecksumSHA256 = Convert.ToBase64String(SHA256.HashData(content.Span)),
                // In one piece: its signature and its checksum stand in the headers, and S3 refuses the content that does not match them.
                UseChunkEncoding = false,
            },
            cancellationToken);
    }

    public async Task PutStreamAsync(string bucket, string key, string contentType, Stream content, long length, CancellationToken cancellationToken)
    {
        ObjectName.Check(bucket, key);
        if (length > MaxSingleBytes)
        {
            await new MultipartUpload(s3, bucket, key).StoreAsync(contentType, content, length, cancellationToken);
            return;
        }

        var whole = new byte[length];
        await ExactStream.ReadAsync(content, whole, key, cancellationToken);
        await ExactStream.EndAsync(content, key, length, cancellationToken);
        await PutAsync(bucket, key, contentType, whole, cancellationToken);
    }

    public Task DeleteAsync(string bucket, string key, string? version, CancellationToken cancellationToken)
    {
        ObjectName.Check(bucket, key);
        return versions.DeleteAsync(bucket, key, version, cancellationToken);
    }

    public Task DeleteAllAsync(string bucket, string prefix, CancellationToken cancellationToken)
    {
        TenantPrefix.Check(prefix);
        return versions.DeleteAllAsync(bucket, prefix, cancellationToken);
    }

    public IAsyncEnumerable<StoredObject> ListAsync(string bucket, string prefix, string? after, CancellationToken cancellationToken) =>
        versions.CurrentAsync(bucket, prefix, after, cancellationToken);

    /// <summary>
    /// A copy onto itself: a new version with its own event. On condition that the object is still the one that was described: a newer one
    /// has an event of its own, and must not be covered by the copy.
    /// </summary>
    public async Task TellAgainAsync(string bucket, string key, CancellationToken cancellationToken)
    {
        ObjectName.Check(bucket, key);
        if (await DescribeAsync(bucket, key, cancellationToken) is not { } described)
            return;
        var copy = new CopyObjectRequest
        {
            SourceBucket = bucket,
            SourceKey = key,
            ETagToMatch = described.ETag,
            DestinationBucket = bucket,
            DestinationKey = key,
            IfMatch = described.ETag,
            MetadataDirective = S3MetadataDirective.REPLACE,
            TaggingDirective = TaggingDirective.REPLACE,
            ContentType = described.Headers.ContentType,
        };
        foreach (var name in described.Metadata.Keys)
            copy.Metadata[name] = described.Metadata[name];
        try
        {
            var made = await s3.CopyObjectAsync(copy, cancellationToken);
            await versions.DeleteReplacedAsync(bucket, key, made.VersionId, cancellationToken);
        }
        catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            // Replaced or deleted meanwhile.
        }
    }

    public UploadGrant GrantUpload(string bucket, string key, string contentType, long maxBytes, DateTimeOffset expiresAt) =>
        Signer().Upload(Address(bucket), bucket, key, contentType, maxBytes, expiresAt);

    public Uri GrantDownload(string bucket, string key, DateTimeOffset expiresAt) => Signer().Download(Address(bucket), bucket, key, expiresAt);

    private async Task<byte[]?> ReadOnceAsync(string bucket, string key, int count, CancellationToken cancellationToken)
    {
        try
        {
            var request = new GetObjectRequest { BucketName = bucket, Key = key, ByteRange = new ByteRange(0, count - 1L) };
            using var answer = await s3.GetObjectAsync(request, cancellationToken);
            var bytes = new byte[Math.Min(count, answer.ContentLength)];
            await answer.ResponseStream.ReadExactlyAsync(bytes, cancellationToken);
            return bytes;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return []; // of an empty object there is no first byte
        }
    }

    private async Task<GetObjectMetadataResponse?> DescribeAsync(string bucket, string key, CancellationToken cancellationToken)
    {
        ObjectName.Check(bucket, key);
        try
        {
            return await s3.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = bucket, Key = key }, cancellationToken);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private GrantSigner Signer()
    {
        var key = credentials.GetCredentials();
        var token = string.IsNullOrEmpty(key.Token) ? null : key.Token;
        return new GrantSigner(new(key.AccessKey, key.SecretKey, region, token), time);
    }

    private Uri Address(string bucket) => new(s3.DetermineServiceOperationEndpoint(new GetObjectRequest { BucketName = bucket, Key = "-" }).URL);
}
