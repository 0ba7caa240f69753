using DomainFlow.Infra.Tests.Synthesis;
using DomainFlow.Topology;

namespace DomainFlow.Infra.Tests.Rules;

public class RouteTests(Systems systems) : SystemTests(systems)
{
    [Theory]
    [MemberData(nameof(Environments))]
    public void The_gateway_has_exactly_the_routes_of_the_topology(string environment)
    {
        var system = Systems[environment];
        var expected = SystemMap.Routes.Select(r => $"{r.Method} {r.Path} {Name(system, r.Function)} {(r.Public ? "NONE" : "COGNITO_USER_POOLS")}");
        Assert.Equal(expected.Order(), system.Functions.OfType("AWS::ApiGateway::Method").Select(method => Describe(system, method)).Order());
    }

    [Fact]
    public void A_route_that_is_not_public_asks_for_a_token_of_the_user_pool()
    {
        var authorizer = Systems.Dev.Functions.Only("AWS::ApiGateway::Authorizer");
        Assert.Equal("COGNITO_USER_POOLS", authorizer["Type"]);
        Assert.Equal("method.request.header.Authorization", authorizer["IdentitySource"]);
        Assert.Equal($"${{{Systems.Dev.Data.Only("AWS::Cognito::UserPool").LogicalId}.Arn}}", authorizer["ProviderARNs"]);
        var guarded = Systems.Dev.Functions.OfType("AWS::ApiGateway::Method").Where(method => method["AuthorizationType"] != "NONE");
        Assert.All(guarded, method => Assert.Equal($"${{{authorizer.LogicalId}}}", method["AuthorizerId"]));
    }

    [Fact]
    public void A_call_is_a_proxy_event_within_the_gateways_time() =>
        Assert.All(Systems.Dev.Functions.OfType("AWS::ApiGateway::Method"), method =>
        {
            Assert.Equal("AWS_PROXY", method["Integration.Type"]);
            Assert.Equal($"{SystemMap.IntegrationTimeoutSeconds * 1000}", method["Integration.TimeoutInMillis"]);
        });

    [Fact]
    public void Each_route_may_invoke_its_function_and_no_other()
    {
        var permissions = Systems.Dev.Functions.OfType("AWS::Lambda::Permission").Where(p => p["Principal"] == "apigateway.amazonaws.com").ToArray();
        Assert.Equal(SystemMap.Routes.Count, permissions.Length);
        Assert.All(permissions, permission => Assert.Contains(SystemMap.Routes, route =>
            permission["FunctionName"] == Arn("lambda", "function:" + Name(Systems.Dev, route.Function))
            && permission["SourceArn"].EndsWith($"/{route.Method}{route.Path.Replace("{id}", "*")}", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_stage_is_throttled_as_configured_and_logs_no_bodies()
    {
        var settings = Systems.Unusual.Functions.Only("AWS::ApiGateway::Stage").Properties["MethodSettings"]![0]!;
        Assert.Equal(41, (int)settings["ThrottlingRateLimit"]!);
        Assert.Equal(43, (int)settings["ThrottlingBurstLimit"]!);
        Assert.False((bool)settings["DataTraceEnabled"]!);
        Assert.DoesNotContain("querystring", Systems.Unusual.Functions.Only("AWS::ApiGateway::Stage")["AccessLogSetting.Format"]);
    }

    [Fact]
    public void Without_a_domain_of_its_own_the_base_path_is_the_stage() =>
        Assert.Equal("v1", Systems.Dev.Functions.Only("AWS::ApiGateway::Stage")["StageName"]);

    [Fact]
    public void With_a_domain_of_its_own_the_base_path_is_the_topologys_and_the_other_address_is_closed()
    {
        Assert.Equal(SystemMap.ApiBase, "/" + Systems.Unusual.Functions.Only("AWS::ApiGatewayV2::ApiMapping")["ApiMappingKey"]);
        Assert.Equal("TLS_1_2", Systems.Unusual.Functions.Only("AWS::ApiGateway::DomainName")["SecurityPolicy"]);
        Assert.Equal("true", Systems.Unusual.Functions.Only("AWS::ApiGateway::RestApi")["DisableExecuteApiEndpoint"]);
    }

    [Theory]
    [InlineData("UNAUTHORIZED", 401)]
    [InlineData("MISSING_AUTHENTICATION_TOKEN", 404)]
    [InlineData("REQUEST_TOO_LARGE", 413)]
    [InlineData("THROTTLED", 429)]
    [InlineData("INTEGRATION_TIMEOUT", 504)]
    public void The_gateway_refuses_with_a_problem_document(string kind, int status)
    {
        var response = Systems.Dev.Functions.OfType("AWS::ApiGateway::GatewayResponse").Single(r => r["ResponseType"] == kind);
        Assert.Equal($"{status}", response["StatusCode"]);
        Assert.Equal("'application/problem+json'", response.Properties["ResponseParameters"]!["gatewayresponse.header.Content-Type"]!.ToString());
        Assert.Contains($"\"status\":{status}", response.Properties["ResponseTemplates"]!["application/json"]!.ToString());
    }

    private static string Describe(SynthesisedSystem system, Resource method)
    {
        var uri = method["Integration.Uri"];
        var function = SystemMap.Functions.Single(f => uri.Contains($"function:{Name(system, f.Name)}/", StringComparison.Ordinal));
        return $"{method["HttpMethod"]} {GatewayPaths.Of(method)} {Name(system, function.Name)} {method["AuthorizationType"]}";
    }
}
