using System.Globalization;
using Amazon.CDK.AWS.APIGateway;
using DomainFlow.Topology;
using Cors = DomainFlow.Topology.Cors;
using IResource = Amazon.CDK.AWS.APIGateway.IResource;

namespace DomainFlow.Cdk.Constructs;

/// <summary>
/// What the gateway answers by itself on each resource, without a token and without a function: OPTIONS, and 405 to every method that no route
/// of the resource has.
/// </summary>
internal sealed class GatewayAnswers(AllowedOrigins origins)
{
    private const string Header = "method.response.header.";

    // A mock reads the status from the request's template, which it picks by content type; any other type is a 415.
    private static readonly string[] BodyTypes =
        ["application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/octet-stream", "application/xml"];

    public void Add(IResource at, ResourceDefinition resource)
    {
        AddMethod(at, ResourceDefinition.PreflightMethod, 204, PreflightHeaders(resource), PreflightTemplate());
        var refusal = GatewayRefusals.MethodNotAllowed;
        var headers = refusal.Headers.ToDictionary();
        headers["Allow"] = resource.Allow;
        headers["Content-Type"] = GatewayRefusal.ContentType;
        AddMethod(at, "ANY", refusal.Status!.Value, headers, refusal.Document("$context.requestId"));
    }

    // An origin that is not allowed gets no Access-Control-Allow-Origin: whatever else it is told, its page gets nothing.
    private static Dictionary<string, string> PreflightHeaders(ResourceDefinition resource) => new()
    {
        ["Allow"] = resource.Allow,
        ["Vary"] = "Origin",
        [Cors.AllowMethodsHeader] = resource.Allow,
        [Cors.AllowHeadersHeader] = Cors.AllowHeaders,
        [Cors.MaxAgeHeader] = Cors.MaxAgeSeconds.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Echoes the origin where it is one of those that are allowed (Apache Velocity, as API Gateway runs it).</summary>
    private string? PreflightTemplate()
    {
        if (origins.Entries.Count == 0) return null;
        var allowed = string.Join(" || ", origins.Entries.Select(Condition));
        return $"""
            #set($origin = $input.params().header.get("Origin"))
            #if(!$origin || $origin == "")#set($origin = $input.params().header.get("origin"))#end
            #if($origin && ({allowed}))#set($context.responseOverride.header.{Cors.AllowOriginHeader} = $origin)#end
            """;
    }

    private static string Condition(string entry) =>
        entry == Cors.AnyOrigin ? "$origin != \"\""
        : entry.EndsWith(":*", StringComparison.Ordinal) ? $"$origin.matches(\"{entry[..^1].Replace(".", "[.]", StringComparison.Ordinal)}[0-9]+\")"
        : $"$origin == \"{entry}\"";

    private static void AddMethod(IResource at, string method, int status, Dictionary<string, string> headers, string? template)
    {
        var code = status.ToString(CultureInfo.InvariantCulture);
        var integration = new MockIntegration(new IntegrationOptions
        {
            PassthroughBehavior = PassthroughBehavior.NEVER,
            // Else a body of a binary type would pass the template by.
            ContentHandling = ContentHandling.CONVERT_TO_TEXT,
            RequestTemplates = BodyTypes.ToDictionary(type => type, _ => $"{{\"statusCode\":{code}}}"),
            IntegrationResponses =
            [
                new IntegrationResponse
                {
                    StatusCode = code,
                    ContentHandling = ContentHandling.CONVERT_TO_TEXT,
                    ResponseParameters = headers.ToDictionary(header => Header + header.Key, header => $"'{header.Value}'"),
                    ResponseTemplates = template is null ? null : new Dictionary<string, string> { ["application/json"] = template },
                },
            ],
        });
        at.AddMethod(method, integration, new MethodOptions
        {
            AuthorizationType = AuthorizationType.NONE,
            MethodResponses =
            [
                new MethodResponse
                {
                    StatusCode = code,
                    ResponseParameters = headers.Keys.Append(Cors.AllowOriginHeader).Distinct().ToDictionary(name => Header + name, _ => true),
                },
            ],
        });
    }
}
