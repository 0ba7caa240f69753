namespace DomainFlow.Topology;

/// <summary>
/// Cross-origin requests (the CORS protocol of the Fetch standard). No cookies are used, so no answer allows credentials. An answer depends
/// on the request's Origin: a cache in front of a route must have Origin in its key.
/// </summary>
public static class Cors
{
    public const string AllowOriginHeader = "Access-Control-Allow-Origin";
    public const string AllowMethodsHeader = "Access-Control-Allow-Methods";
    public const string AllowHeadersHeader = "Access-Control-Allow-Headers";
    public const string ExposeHeadersHeader = "Access-Control-Expose-Headers";
    public const string MaxAgeHeader = "Access-Control-Max-Age";

    /// <summary>Request headers that a page may send.</summary>
    public const string AllowHeaders = "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, traceparent";

    /// <summary>Answer headers that a page may read.</summary>
    public const string ExposeHeaders = "ETag, Location, Retry-After, Idempotent-Replayed";

    /// <summary>How long a browser may keep a preflight's answer; no browser keeps it for longer than two hours.</summary>
    public const int MaxAgeSeconds = 7200;

    /// <summary>Of the answers that the gateway makes itself: they hold nothing of any tenant's.</summary>
    public const string AnyOrigin = "*";

    /// <summary>What a page may do with objects: fetch them, and post one under a grant.</summary>
    public static IReadOnlyList<string> BucketMethods { get; } = ["GET", "HEAD", "POST"];

    /// <summary>Any header of a request for an object.</summary>
    public const string BucketAllowHeaders = "*";

    public const string BucketExposeHeaders = "ETag";
}
