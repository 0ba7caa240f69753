using DomainFlow.Infra.Tests.Synthesis;
using DomainFlow.Local.Web;
using DomainFlow.Topology;
using Microsoft.AspNetCore.Http;

namespace DomainFlow.Infra.Tests.Rules;

/// <summary>The deployed gateway's refusals beside those that the local gateway writes.</summary>
public class RefusalTests(Systems systems) : SystemTests(systems)
{
    public static TheoryData<string> Kinds => [.. GatewayRefusals.All.Select(refusal => refusal.Kind)];

    [Fact]
    public void The_deployed_gateway_knows_the_same_refusals() =>
        Assert.Equal(GatewayRefusals.All.Select(refusal => refusal.Kind).Order(), Deployed.Select(response => response["ResponseType"]).Order());

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Both_gateways_refuse_in_the_same_words(string kind)
    {
        var deployed = Deployed.Single(response => response["ResponseType"] == kind);
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        context.Response.Headers["x-amzn-RequestId"] = "request-1";
        await context.RefuseAsync(GatewayRefusals.All.Single(refusal => refusal.Kind == kind), status: 502);

        var status = deployed["StatusCode"] is { Length: > 0 } own ? own : "502";
        Assert.Equal(status, $"{context.Response.StatusCode}");
        Assert.Equal(Header(deployed, "Content-Type"), context.Response.ContentType);
        Assert.Equal(Header(deployed, "Retry-After"), context.Response.Headers.RetryAfter.ToString() is { Length: > 0 } wait ? wait : null);
        context.Response.Body.Position = 0;
        var document = await new StreamReader(context.Response.Body).ReadToEndAsync();
        var template = deployed.Properties["ResponseTemplates"]!["application/json"]!.ToString();
        Assert.Equal(template.Replace("$context.requestId", "request-1", StringComparison.Ordinal), document);
    }

    private IReadOnlyList<Resource> Deployed => Systems.Dev.Functions.OfType("AWS::ApiGateway::GatewayResponse");

    private static string? Header(Resource response, string name) =>
        response.Properties["ResponseParameters"]![$"gatewayresponse.header.{name}"]?.ToString().Trim('\'');
}
