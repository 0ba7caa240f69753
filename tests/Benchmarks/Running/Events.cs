using System.Text;
using System.Text.Json.Nodes;
using DomainFlow.Topology;

namespace DomainFlow.Benchmarks.Running;

/// <summary>Events as Lambda hands them to a function.</summary>
internal static class Events
{
    public static byte[] ToUtf8(this JsonNode json) => Encoding.UTF8.GetBytes(json.ToJsonString());

    /// <summary>A new report under an Idempotency-Key of its own.</summary>
    public static byte[] Post(Store store, JsonObject body)
    {
        var request = Request(store, "POST", "/reports");
        request["headers"]!["Content-Type"] = "application/json";
        request["headers"]!["Idempotency-Key"] = Guid.NewGuid().ToString();
        request["body"] = body.ToJsonString();
        return request.ToUtf8();
    }

    /// <summary>GET of a resource: its template, path parameters and query.</summary>
    public static byte[] Get(Store store, string resource, Guid? id = null, params (string Name, string Value)[] query)
    {
        var request = Request(store, "GET", resource);
        if (id is { } one) request["pathParameters"] = new JsonObject { ["id"] = one.ToString() };
        if (query.Length == 0) return request.ToUtf8();
        request["queryStringParameters"] = new JsonObject(query.Select(q => KeyValuePair.Create<string, JsonNode?>(q.Name, q.Value)));
        request["multiValueQueryStringParameters"] =
            new JsonObject(query.Select(q => KeyValuePair.Create<string, JsonNode?>(q.Name, new JsonArray(q.Value))));
        return request.ToUtf8();
    }

    /// <summary>A queue message that names a changed report.</summary>
    public static byte[] ReportChanged(Guid incident) => new JsonObject
    {
        ["Records"] = new JsonArray(new JsonObject
        {
            ["messageId"] = Guid.NewGuid().ToString(),
            ["body"] = new JsonObject
            {
                ["table"] = "Reports",
                ["keys"] = new JsonObject { ["incident_id"] = incident.ToString() },
                ["event"] = "INSERT",
            }.ToJsonString(),
            ["attributes"] = new JsonObject { ["ApproximateReceiveCount"] = "1" },
            ["eventSource"] = "aws:sqs",
        }),
    }.ToUtf8();

    /// <summary>The body of a REST API's answer.</summary>
    /// <exception cref="InvalidOperationException">The answer has another status.</exception>
    public static JsonNode Expect(byte[] answer, int status)
    {
        var response = JsonNode.Parse(answer)!;
        return (int)response["statusCode"]! == status
            ? JsonNode.Parse((string)response["body"]!)!
            : throw new InvalidOperationException($"The function answered {response.ToJsonString()}, not {status}.");
    }

    private static JsonObject Request(Store store, string method, string resource) => new()
    {
        ["resource"] = SystemMap.VersionBase + resource,
        ["path"] = SystemMap.ApiBase + resource,
        ["httpMethod"] = method,
        ["headers"] = new JsonObject { ["Accept"] = "application/json", ["Host"] = "127.0.0.1", ["User-Agent"] = "benchmarks" },
        ["requestContext"] = new JsonObject
        {
            ["requestId"] = Guid.NewGuid().ToString(),
            ["authorizer"] = new JsonObject
            {
                ["claims"] = new JsonObject
                {
                    ["sub"] = store.User.ToString(),
                    ["custom:tenant_id"] = store.Tenant.ToString(),
                    ["cognito:groups"] = "operator",
                    ["cognito:username"] = "benchmarks",
                    ["email"] = "benchmarks@city.example",
                },
            },
        },
        ["isBase64Encoded"] = false,
    };
}
