using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Lambda.TestUtilities;
using DomainFlow.Hosting;
using DomainFlow.Hosting.Http;
using DomainFlow.Topology;

namespace DomainFlow.Unit.Tests.Hosting;

/// <summary>Sends events through the dispatcher, as Lambda would.</summary>
internal static class Requests
{
    public const string Tenant = "0f0f0f0f-0000-4000-8000-000000000001";
    public const string User = "0f0f0f0f-0000-4000-8000-000000000002";

    public static JsonObject Proxy(string method, string resource, string? body = null) => new()
    {
        ["resource"] = SystemMap.VersionBase + resource,
        ["path"] = SystemMap.VersionBase + resource,
        ["httpMethod"] = method,
        ["headers"] = new JsonObject { ["Content-Type"] = "application/json" },
        ["body"] = body,
        ["isBase64Encoded"] = false,
        ["requestContext"] = new JsonObject
        {
            ["requestId"] = "request-1",
            ["authorizer"] = new JsonObject
            {
                ["claims"] = new JsonObject { ["sub"] = User, ["custom:tenant_id"] = Tenant, ["cognito:groups"] = "operator,viewer", ["email"] = "a@b.example" },
            },
        },
    };

    /// <summary>A dispatcher of routes that every group may use.</summary>
    public static ApiDispatcher Api(Dictionary<string, Func<ApiRequest, Task<ApiResult>>> handlers, AllowedOrigins? origins = null) =>
        new(handlers, origins: origins, routes: [.. handlers.Keys.Select(key => Route(key))]);

    public static RouteDefinition Route(string key, params string[] groups) =>
        new(key.Split(' ')[0], key.Split(' ')[1], "Test", "A test's", groups.Length == 0 ? UserGroups.Everyone : groups);

    public static async Task<JsonObject> SendAsync(FunctionHandlers handlers, JsonObject payload, TimeSpan? remaining = null)
    {
        using var invocation = new Invocation(new TestLambdaContext { AwsRequestId = "invocation-1", RemainingTime = remaining ?? TimeSpan.FromSeconds(30) });
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(payload.ToJsonString()));
        using var output = await new EventDispatcher(handlers).HandleAsync(input, invocation);
        return (await JsonNode.ParseAsync(output))!.AsObject();
    }

    public static async Task<(int Status, JsonObject Body)> CallAsync(JsonObject request, Func<ApiRequest, Task<ApiResult>> handler)
    {
        var path = ((string)request["resource"]!)[SystemMap.VersionBase.Length..];
        var routes = new Dictionary<string, Func<ApiRequest, Task<ApiResult>>> { [$"{request["httpMethod"]} {path}"] = handler };
        var answer = await SendAsync(new() { Api = Api(routes) }, request);
        var body = (string?)answer["body"];
        return ((int)answer["statusCode"]!, string.IsNullOrEmpty(body) ? [] : JsonNode.Parse(body)!.AsObject());
    }
}
