using DomainFlow.Local.Gateway;
using DomainFlow.Local.Signing;
using DomainFlow.Local.Web;
using DomainFlow.Topology;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace DomainFlow.Local.Objects;

/// <summary>The object store's two doors: presigned POSTs to /_objects/{bucket}, presigned GETs of /_objects/{bucket}/{key}.</summary>
internal sealed class ObjectsApi(
    SystemDescription system, AllowedOrigins origins, ObjectFiles files, SigV4 signer, EventOutbox outbox, TimeProvider clock)
{
    public const string PathStart = "/_objects/";

    public async Task HandleAsync(HttpContext context)
    {
        var path = ProxyEvent.RawPath(context);
        var parts = path[PathStart.Length..].Split('/', 2);
        var bucket = parts[0];
        var method = context.Request.Method;
        if (context.Request.IsPreflight())
        {
            context.AnswerOptions(origins, string.Join(", ", Cors.BucketMethods), Cors.BucketAllowHeaders);
            return;
        }

        if (context.AllowOrigin(origins)) context.Response.Headers[Cors.ExposeHeadersHeader] = Cors.BucketExposeHeaders;
        S3Error? error;
        if (system.Buckets.All(known => known.Name != bucket)) error = S3Error.NoSuchBucket;
        else if (parts.Length == 1 && HttpMethods.IsPost(method)) error = await UploadAsync(context, bucket);
        else if (parts.Length == 2 && (HttpMethods.IsGet(method) || HttpMethods.IsHead(method)))
            error = await DownloadAsync(context, path, bucket, Uri.UnescapeDataString(parts[1]));
        else error = new S3Error(405, "MethodNotAllowed", "The method is not allowed against this resource");
        if (error is not null) await error.WriteAsync(context);
    }

    private async Task<S3Error?> UploadAsync(HttpContext context, string bucket)
    {
        if (context.Request.ContentLength is null) return S3Error.NoLength;
        try
        {
            if (await UploadForm.ReadAsync(context.Request, context.RequestAborted) is not { } form) return S3Error.Malformed;
            var (policy, refused) = PostPolicy.Check(signer, bucket, form.Fields, clock.GetUtcNow());
            if (policy is null) return refused;
            if (form.Fields.GetValueOrDefault("key") is not { } name || !ObjectFiles.IsKey(name))
                return S3Error.Argument("key", "The key is missing or cannot be a path");
            var type = form.Fields.GetValueOrDefault("Content-Type") ?? "binary/octet-stream";
            string? noted = null;
            var (meta, wrongSize) = await files.StoreAsync(
                bucket, name, type, form.File, policy,
                async at => noted = await outbox.NoteAsync(new(bucket, name, at), context.RequestAborted),
                context.RequestAborted);
            if (meta is null) return wrongSize;
            // The object stands: its event goes out though the client has hung up.
            if (noted is not null) await outbox.SendAsync(noted, new(bucket, name, meta.CreatedAt), CancellationToken.None);
            context.Response.StatusCode = 204;
            context.Response.Headers.ETag = $"\"{meta.ETag}\"";
            return null;
        }
        catch (InvalidDataException)
        {
            return S3Error.Malformed;
        }
        catch (IOException e) when (DiskFull.Is(e))
        {
            return S3Error.NoRoom;
        }
    }

    private async Task<S3Error?> DownloadAsync(HttpContext context, string rawPath, string bucket, string name)
    {
        if (PresignedUrl.Check(signer, context.Request, rawPath, clock.GetUtcNow()) is { } refused) return refused;
        if (!ObjectFiles.IsKey(name) || await files.FindAsync(bucket, name, context.RequestAborted) is not { } found) return S3Error.NoSuchKey;
        var (file, meta) = found;
        var response = context.Response;
        response.Headers.AcceptRanges = "bytes";
        response.Headers.ETag = $"\"{meta.ETag}\"";
        response.Headers.LastModified = meta.CreatedAt.ToString("R");
        response.Headers.XContentTypeOptions = "nosniff";
        var (from, count) = (0L, file.Length);
        if (RangeOf(context.Request) is { } range)
        {
            if (Resolve(range, file.Length) is not { } part)
                return new S3Error(416, "InvalidRange", "The requested range is not satisfiable", ("ActualObjectSize", file.Length.ToString()));
            (from, count) = part;
            response.StatusCode = 206;
            response.Headers.ContentRange = $"bytes {from}-{from + count - 1}/{file.Length}";
        }

        response.ContentType = meta.ContentType;
        response.ContentLength = count;
        if (HttpMethods.IsGet(context.Request.Method)) await response.SendFileAsync(file.FullName, from, count, context.RequestAborted);
        return null;
    }

    /// <summary>A single range of bytes; anything else gets the whole object, as S3 does.</summary>
    private static RangeItemHeaderValue? RangeOf(HttpRequest request) =>
        RangeHeaderValue.TryParse(request.Headers.Range.ToString(), out var header) && header.Unit == "bytes" && header.Ranges.Count == 1
            ? header.Ranges.Single() : null;

    private static (long From, long Count)? Resolve(RangeItemHeaderValue range, long size)
    {
        var from = range.From ?? Math.Max(0, size - range.To!.Value);
        var to = range.From is null ? size - 1 : Math.Min(range.To ?? (size - 1), size - 1);
        return from < size && from <= to ? (from, to - from + 1) : null;
    }
}
