namespace DomainFlow.Topology;

/// <summary>A refusal of the gateway itself, told as a problem document (RFC 9457) like those of the functions.</summary>
/// <param name="Kind">API Gateway's response type.</param>
/// <param name="Status">HTTP status; null leaves the one that the gateway has.</param>
/// <param name="ErrorCode">Stable, for programs.</param>
/// <param name="RetryAfterSeconds">When to try again, where that helps.</param>
/// <param name="Challenge">The scheme to authenticate by, where a token is missing or wrong (RFC 6750, 3).</param>
public sealed record GatewayRefusal(string Kind, int? Status, string ErrorCode, string Title, int? RetryAfterSeconds = null, string? Challenge = null)
{
    public const string ContentType = "application/problem+json";

    /// <summary>The answer's headers beside its content type. Any page may read them: the gateway does not know which origins are allowed.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers
    {
        get
        {
            yield return new(Cors.AllowOriginHeader, Cors.AnyOrigin);
            yield return new(Cors.ExposeHeadersHeader, Cors.ExposeHeaders);
            if (RetryAfterSeconds is { } seconds) yield return new("Retry-After", seconds.ToString(System.Globalization.CultureInfo.InvariantCulture));
            if (Challenge is not null) yield return new("WWW-Authenticate", Challenge);
        }
    }

    /// <param name="requestId">The request's id, or the gateway's variable for it.</param>
    public string Document(string requestId)
    {
        var status = Status is null ? "" : $"\"status\":{Status},";
        return $$"""{"type":"about:blank","title":"{{Title}}",{{status}}"error_code":"{{ErrorCode}}","request_id":"{{requestId}}"}""";
    }
}

/// <summary>What the gateway refuses before a function is asked, or when none answers.</summary>
public static class GatewayRefusals
{
    public static GatewayRefusal Unauthorized { get; } = new("UNAUTHORIZED", 401, "unauthorized", "A token is needed", Challenge: "Bearer");

    public static GatewayRefusal TokenExpired { get; } = new("EXPIRED_TOKEN", 401, "token_expired", "The token has expired", Challenge: "Bearer error=\"invalid_token\"");

    /// <summary>API Gateway's name for a path that is no route.</summary>
    public static GatewayRefusal RouteNotFound { get; } = new("MISSING_AUTHENTICATION_TOKEN", 404, "route_not_found", "There is no such route");

    /// <summary>
    /// A path that is a route's under a method that is none of its. No kind of API Gateway's: a method of each resource answers it, with <c>Allow</c>.
    /// </summary>
    public static GatewayRefusal MethodNotAllowed { get; } = new("", 405, "method_not_allowed", "The method is not allowed here");

    public static GatewayRefusal BodyTooLarge { get; } = new("REQUEST_TOO_LARGE", 413, "body_too_large", "The body is too large");

    public static GatewayRefusal TooManyRequests { get; } = new("THROTTLED", 429, "too_many_requests", "Too many requests", 1);

    public static GatewayRefusal Unavailable { get; } = new("INTEGRATION_FAILURE", 503, "unavailable", "The service is not available now", 1);

    public static GatewayRefusal TimedOut { get; } = new("INTEGRATION_TIMEOUT", 504, "timed_out", "The service took too long", 1);

    /// <summary>A function that failed, or gave no answer that can be passed on (502). The gateway applies it to every 5xx without a kind above.</summary>
    public static GatewayRefusal Failed { get; } = new("DEFAULT_5XX", null, "internal_error", "The service failed");

    public static IReadOnlyList<GatewayRefusal> All { get; } =
    [
        Unauthorized,
        TokenExpired,
        new("ACCESS_DENIED", 403, "forbidden", "The token does not allow this"),
        RouteNotFound,
        RouteNotFound with { Kind = "RESOURCE_NOT_FOUND" },
        BodyTooLarge,
        new("UNSUPPORTED_MEDIA_TYPE", 415, "unsupported_media_type", "The body's type is not supported"),
        TooManyRequests,
        Unavailable,
        TimedOut,
        new("DEFAULT_4XX", null, "refused", "The request is refused"),
        Failed,
    ];
}
