using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Amazon.Lambda.APIGatewayEvents;

namespace DomainFlow.Hosting.Http;

/// <summary>An answer: status, JSON body, headers.</summary>
public sealed record ApiResult(int Status, string? Body, string ContentType = "application/json")
{
    private const string TagHeader = "ETag";

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public static ApiResult Json<T>(int status, T value, JsonTypeInfo<T> type) => new(status, JsonSerializer.Serialize(value, type));

    public static ApiResult Json(int status, JsonNode value) => new(status, value.ToJsonString());

    public static ApiResult Empty { get; } = new(204, null);

    /// <summary>This answer under an entity tag: a cache of the caller's own may keep it, and must ask each time.</summary>
    public ApiResult Tagged(string tag) =>
        this with { Headers = new Dictionary<string, string>(Headers) { [TagHeader] = tag, ["Cache-Control"] = "private, no-cache" } };

    /// <summary>304 without a body where If-None-Match says that the caller has this answer already. For reads alone.</summary>
    public ApiResult UnlessKnownTo(ApiRequest request) =>
        Headers.TryGetValue(TagHeader, out var tag) && EntityTag.IsAmong(request.Header("If-None-Match"), tag) ? new(304, null) { Headers = Headers } : this;

    internal static ApiResult Of(Problem problem, string requestId)
    {
        var headers = new Dictionary<string, string>();
        if (problem.RetryAfterSeconds is { } seconds)
        {
            headers["Retry-After"] = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return new(problem.Status, problem.ToJson(requestId).ToJsonString(), "application/problem+json") { Headers = headers };
    }

    /// <param name="isHead">The same answer without its body.</param>
    /// <param name="more">Headers of every answer to this caller.</param>
    internal APIGatewayProxyResponse ToProxyResponse(bool isHead, IEnumerable<KeyValuePair<string, string>> more)
    {
        var headers = new Dictionary<string, string>([.. Headers, .. more]) { ["X-Content-Type-Options"] = "nosniff" };
        headers.TryAdd("Cache-Control", "no-store");
        if (Body is not null)
        {
            headers["Content-Type"] = ContentType;
        }

        return new() { StatusCode = Status, Headers = headers, Body = isHead ? "" : Body ?? "", IsBase64Encoded = false };
    }
}
