using Amazon.CDK.AWS.APIGateway;
using DomainFlow.Topology;

namespace DomainFlow.Cdk.Constructs;

/// <summary>The gateway's own refusals as problem documents.</summary>
internal static class ProblemResponses
{
    public static void Add(RestApi api)
    {
        foreach (var refusal in GatewayRefusals.All)
        {
            api.AddGatewayResponse(refusal.Kind, new GatewayResponseOptions
            {
                Type = ResponseType_.Of(refusal.Kind),
                StatusCode = refusal.Status?.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ResponseHeaders = Headers(refusal),
                Templates = new Dictionary<string, string> { ["application/json"] = refusal.Document("$context.requestId") },
            });
        }
    }

    private static Dictionary<string, string> Headers(GatewayRefusal refusal) =>
        refusal.Headers.Prepend(new("Content-Type", GatewayRefusal.ContentType)).ToDictionary(header => header.Key, header => $"'{header.Value}'");
}
