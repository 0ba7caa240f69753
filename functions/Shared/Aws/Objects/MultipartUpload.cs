using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;

namespace DomainFlow.Aws.Objects;

/// <summary>An upload in parts, each with its checksum, of which one at a time is in memory. What fails is aborted and leaves nothing.</summary>
internal sealed class MultipartUpload(IAmazonS3 s3, string bucket, string key)
{
    private const int PartBytes = 8 * 1024 * 1024;
    private const int MaxParts = 10_000;

    private static readonly TimeSpan AbortLimit = TimeSpan.FromSeconds(5);

    public async Task StoreAsync(string contentType, Stream content, long length, CancellationToken cancellationToken)
    {
        var begun = await s3.InitiateMultipartUploadAsync(
            new InitiateMultipartUploadRequest
            {
                BucketName = bucket,
                Key = key,
                ContentType = contentType,
                ChecksumAlgorithm = ChecksumAlgorithm.SHA256,
                ChecksumType = ChecksumType.COMPOSITE,
            },
            cancellationToken);
        try
        {
            var parts = await SendAsync(begun.UploadId, content, length, cancellationToken);
            await s3.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest
                {
                    BucketName = bucket,
                    Key = key,
                    UploadId = begun.UploadId,
                    PartETags = parts,
                    ChecksumType = ChecksumType.COMPOSITE,
                },
                cancellationToken);
        }
        catch
        {
            await AbortAsync(begun.UploadId);
            throw;
        }
    }

    private async Task<List<PartETag>> SendAsync(string upload, Stream content, long length, CancellationToken cancellationToken)
    {
        var parts = new List<PartETag>();
        var buffer = new byte[Math.Max(PartBytes, (length + MaxParts - 1) / MaxParts)];
        for (var sent = 0L; sent < length;)
        {
            var part = buffer.AsMemory(0, (int)Math.Min(buffer.Length, length - sent));
            await ExactStream.ReadAsync(content, part, key, cancellationToken);
            sent += part.Length;
            if (sent == length)
                await ExactStream.EndAsync(content, key, length, cancellationToken);
            parts.Add(await SendPartAsync(upload, parts.Count + 1, part, cancellationToken));
        }

        return parts;
    }

    private async Task<PartETag> SendPartAsync(string upload, int number, ReadOnlyMemory<byte> part, CancellationToken cancellationToken)
    {
        var checksum = Convert.ToBase64String(SHA256.HashData(part.Span));
        var answer = await s3.UploadPartAsync(
            new UploadPartRequest
            {
                BucketName = bucket,
                Key = key,
                UploadId = upload,
                PartNumber = number,
                InputStream = part.ToStream(),
                PartSize = part.Length,
                ChecksumSHA256 = checksum,
                UseChunkEncoding = false,
            },
            cancellationToken);
        return new PartETag(number, answer.ETag) { ChecksumSHA256 = checksum };
    }

    /// <summary>Even where the caller's time is over: a part that stays is paid for. The bucket's lifecycle takes what this cannot.</summary>
    private async Task AbortAsync(string upload)
    {
        using var limit = new CancellationTokenSource(AbortLimit);
        try
        {
            await s3.AbortMultipartUploadAsync(new AbortMultipartUploadRequest { BucketName = bucket, Key = key, UploadId = upload }, limit.Token);
        }
        catch (Exception e) when (e is AmazonS3Exception or OperationCanceledException or HttpRequestException)
        {
            // The failure that led here is the one to tell.
        }
    }
}
