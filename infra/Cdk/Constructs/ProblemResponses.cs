using Amazon.CDK.AWS.APIGateway;

namespace DomainFlow.Cdk.Constructs;

/// <summary>The gateway's own refusals as problem documents (RFC 9457), like those of the functions.</summary>
internal static class ProblemResponses
{
    private static readonly (string Kind, int Status, string ErrorCode, string Title)[] Kinds =
    [
        ("UNAUTHORIZED", 401, "unauthorized", "A token is needed"),
        ("EXPIRED_TOKEN", 401, "token_expired", "The token has expired"),
        ("ACCESS_DENIED", 403, "forbidden", "The token does not allow this"),
        ("MISSING_AUTHENTICATION_TOKEN", 404, "route_not_found", "There is no such route"),
        ("RESOURCE_NOT_FOUND", 404, "route_not_found", "There is no such route"),
        ("REQUEST_TOO_LARGE", 413, "body_too_large", "The body is too large"),
        ("UNSUPPORTED_MEDIA_TYPE", 415, "unsupported_media_type", "The body's type is not supported"),
        ("THROTTLED", 429, "too_many_requests", "Too many requests"),
        ("INTEGRATION_FAILURE", 503, "unavailable", "The service is not available now"),
        ("INTEGRATION_TIMEOUT", 503, "timed_out", "The service took too long"),
    ];

    public static void Add(RestApi api)
    {
        foreach (var (kind, status, code, title) in Kinds)
        {
            api.AddGatewayResponse(kind, new GatewayResponseOptions
            {
                Type = ResponseType_.Of(kind),
                StatusCode = $"{status}",
                ResponseHeaders = Headers(status),
                Templates = new Dictionary<string, string> { ["application/json"] = Body(status, code, title) },
            });
        }
    }

    private static Dictionary<string, string> Headers(int status)
    {
        var headers = new Dictionary<string, string> { ["Content-Type"] = "'application/problem+json'" };
        if (status is 429 or 503)
            headers.Add("Retry-After", "'1'");
        return headers;
    }

    private static string Body(int status, string code, string title) =>
        $$"""{"type":"about:blank","title":"{{title}}","status":{{status}},"error_code":"{{code}}","request_id":"$context.requestId"}""";
}
