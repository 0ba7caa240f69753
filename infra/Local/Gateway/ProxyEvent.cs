using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using DomainFlow.Topology;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace DomainFlow.Local.Gateway;

/// <summary>
/// The event of a REST API's Lambda proxy integration (payload 1.0). As behind a custom domain with the base path mapping api:
/// `path` is what the client asked for, with the mapping; `resource` is the gateway's template, without it. Path parameters stay
/// percent-encoded, query parameters are decoded.
/// </summary>
internal static class ProxyEvent
{
    public static JsonObject Create(HttpContext context, RouteMatch match, JsonObject? claims, byte[] body, GatewayCall call, bool binary)
    {
        var request = context.Request;
        var path = RawPath(context);
        var headers = request.Headers.Select(header => (header.Key, Values: Split(header.Key, header.Value))).ToList();
        AddForwarded(context, headers, call);
        var query = QueryHelpers.ParseQuery(request.QueryString.Value).Select(pair => (pair.Key, Values: pair.Value.Select(v => v ?? "").ToArray())).ToList();
        return new JsonObject
        {
            ["resource"] = match.Route.Resource,
            ["path"] = path,
            ["httpMethod"] = request.Method,
            ["headers"] = Last(headers),
            ["multiValueHeaders"] = All(headers),
            ["queryStringParameters"] = Last(query),
            ["multiValueQueryStringParameters"] = All(query),
            ["pathParameters"] = match.Parameters.Count == 0 ? null : Object(match.Parameters.Select(p => (p.Key, (JsonNode?)p.Value))),
            ["stageVariables"] = null,
            ["requestContext"] = Context(context, match, claims, path, call),
            ["body"] = body.Length == 0 ? null : binary ? Convert.ToBase64String(body) : Encoding.UTF8.GetString(body),
            ["isBase64Encoded"] = binary && body.Length > 0,
        };
    }

    /// <summary>The path as the client wrote it.</summary>
    public static string RawPath(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var end = target.IndexOf('?', StringComparison.Ordinal);
        return end < 0 ? target : target[..end];
    }

    private static JsonObject Context(HttpContext context, RouteMatch match, JsonObject? claims, string path, GatewayCall call)
    {
        var request = context.Request;
        var result = new JsonObject
        {
            ["resourceId"] = "local",
            ["resourcePath"] = match.Route.Resource,
            ["httpMethod"] = request.Method,
            ["extendedRequestId"] = call.RequestId,
            ["requestTime"] = call.At.ToString("dd/MMM/yyyy:HH:mm:ss +0000", CultureInfo.InvariantCulture),
            ["path"] = path,
            ["accountId"] = LocalNames.Account,
            ["protocol"] = request.Protocol,
            ["stage"] = SystemMap.Stage,
            ["domainPrefix"] = request.Host.Host,
            ["requestTimeEpoch"] = call.At.ToUnixTimeMilliseconds(),
            ["requestId"] = call.RequestId,
            ["identity"] = new JsonObject
            {
                ["cognitoIdentityPoolId"] = null,
                ["accountId"] = null,
                ["cognitoIdentityId"] = null,
                ["caller"] = null,
                ["sourceIp"] = SourceIp(context),
                ["principalOrgId"] = null,
                ["accessKey"] = null,
                ["cognitoAuthenticationType"] = null,
                ["cognitoAuthenticationProvider"] = null,
                ["userArn"] = null,
                ["userAgent"] = request.Headers.UserAgent is { Count: > 0 } agent ? agent.ToString() : null,
                ["user"] = null,
            },
            ["domainName"] = request.Host.Host,
            ["apiId"] = "domainflow",
        };
        if (claims is not null) result["authorizer"] = new JsonObject { ["claims"] = claims };
        return result;
    }

    private static void AddForwarded(HttpContext context, List<(string Key, string[] Values)> headers, GatewayCall call)
    {
        headers.RemoveAll(header => header.Key.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)
            || header.Key.Equals("X-Amzn-Trace-Id", StringComparison.OrdinalIgnoreCase)
            || header.Key.Equals("Connection", StringComparison.OrdinalIgnoreCase)
            || header.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
            || header.Key.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase));
        headers.Add(("X-Amzn-Trace-Id", ["Root=" + call.TraceRoot]));
        headers.Add(("X-Forwarded-For", [SourceIp(context)]));
        headers.Add(("X-Forwarded-Port", [(context.Request.Host.Port ?? 80).ToString(CultureInfo.InvariantCulture)]));
        headers.Add(("X-Forwarded-Proto", ["http"]));
    }

    private static string SourceIp(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "127.0.0.1";

    /// <summary>One entry for each header line; commas inside a line stay.</summary>
    private static string[] Split(string name, Microsoft.Extensions.Primitives.StringValues values) =>
        name.Equals("Cookie", StringComparison.OrdinalIgnoreCase) ? [string.Join("; ", values.ToArray())] : [.. values.Select(value => value ?? "")];

    private static JsonObject? Last(List<(string Key, string[] Values)> pairs) =>
        pairs.Count == 0 ? null : Object(pairs.Select(pair => (pair.Key, (JsonNode?)pair.Values[^1])));

    private static JsonObject? All(List<(string Key, string[] Values)> pairs) =>
        pairs.Count == 0 ? null : Object(pairs.Select(pair => (pair.Key, (JsonNode?)new JsonArray([.. pair.Values.Select(value => JsonValue.Create(value))]))));

    private static JsonObject Object(IEnumerable<(string Key, JsonNode? Value)> pairs) =>
        new(pairs.Select(pair => KeyValuePair.Create(pair.Key, pair.Value)));
}

/// <summary>What the gateway gives a call: an id, its time and its trace.</summary>
internal sealed record GatewayCall(string RequestId, DateTimeOffset At, string TraceRoot);
