using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Amazon.Lambda.APIGatewayEvents;

namespace DomainFlow.Hosting.Http;

/// <summary>An answer: status, JSON body, headers.</summary>
public sealed record ApiResult(int Status, string? Body, string ContentType = "application/json")
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public static ApiResult Json<T>(int status, T value, JsonTypeInfo<T> type) => new(status, JsonSerializer.Serialize(value, type));

    public static ApiResult Json(int status, JsonNode value) => new(status, value.ToJsonString());

    public static ApiResult Empty { get; } = new(204, null);

    internal static ApiResult Of(Problem problem, string requestId)
    {
        var headers = new Dictionary<string, string>();
        if (problem.RetryAfterSeconds is { } seconds)
        {
            headers["Retry-After"] = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return new(problem.Status, problem.ToJson(requestId).ToJsonString(), "application/problem+json") { Headers = headers };
    }

    internal APIGatewayProxyResponse ToProxyResponse()
    {
        var headers = new Dictionary<string, string>(Headers) { ["Cache-Control"] = "no-store", ["X-Content-Type-Options"] = "nosniff" };
        if (Body is not null)
        {
            headers["Content-Type"] = ContentType;
        }

        return new() { StatusCode = Status, Headers = headers, Body = Body ?? "", IsBase64Encoded = false };
    }
}
