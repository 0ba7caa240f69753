using System.Text.RegularExpressions;
using DomainFlow.Infra.Tests.Synthesis;
using DomainFlow.Topology;

namespace DomainFlow.Infra.Tests.Rules;

public partial class RouteTests(Systems systems) : SystemTests(systems)
{
    [Theory]
    [MemberData(nameof(Environments))]
    public void The_gateway_has_exactly_the_routes_of_the_topology(string environment)
    {
        var system = Systems[environment];
        var expected = SystemMap.Routes.SelectMany(r => r.Methods.Select(
            method => $"{method} /v1{r.Path} {Name(system, r.Function)} {(r.Public ? "NONE" : "COGNITO_USER_POOLS")}"));
        Assert.Equal(expected.Order(), Proxied(system).Select(method => Describe(system, method)).Order());
    }

    /// <summary>OPTIONS, and 405 for whatever no route of the resource answers to: by the gateway alone, without a token.</summary>
    [Theory]
    [MemberData(nameof(Environments))]
    public void Each_resource_answers_OPTIONS_and_refuses_other_methods_by_itself(string environment)
    {
        var methods = Systems[environment].Functions.OfType("AWS::ApiGateway::Method").Where(IsMock).ToArray();
        Assert.Equal(
            SystemMap.Resources.SelectMany(r => new[] { $"OPTIONS /v1{r.Path} NONE", $"ANY /v1{r.Path} NONE" }).Order(),
            methods.Select(m => $"{m["HttpMethod"]} {GatewayPaths.Of(m)} {m["AuthorizationType"]}").Order());
        foreach (var method in methods)
        {
            var allow = SystemMap.Resources.Single(r => "/v1" + r.Path == GatewayPaths.Of(method)).Allow;
            var answer = method.Properties["Integration"]!["IntegrationResponses"]![0]!;
            var headers = answer["ResponseParameters"]!.AsObject().ToDictionary(h => h.Key["method.response.header.".Length..], h => h.Value!.ToString());
            Assert.Equal($"'{allow}'", headers["Allow"]);
            Assert.All(headers.Keys, name => Assert.True((bool)method.Properties["MethodResponses"]![0]!["ResponseParameters"]!["method.response.header." + name]!));
            Assert.True((bool)method.Properties["MethodResponses"]![0]!["ResponseParameters"]!["method.response.header.Access-Control-Allow-Origin"]!);
            if (method["HttpMethod"] == "ANY") Assert.Equal(("405", "'*'"), (answer["StatusCode"]!.ToString(), headers["Access-Control-Allow-Origin"]));
            else IsPreflight(answer["StatusCode"]!.ToString(), headers, allow);
        }
    }

    [Fact]
    public void A_preflight_echoes_exactly_the_origins_that_are_configured()
    {
        var templates = Systems.Unusual.Functions.OfType("AWS::ApiGateway::Method").Where(m => m["HttpMethod"] == "OPTIONS")
            .Select(m => m.Properties["Integration"]!["IntegrationResponses"]![0]!["ResponseTemplates"]!["application/json"]!.ToString()).Distinct();
        Assert.Contains(
            "($origin == \"https://app.example.org\" || $origin.matches(\"http://localhost:[0-9]+\"))",
            Assert.Single(templates), StringComparison.Ordinal);
        Assert.All(Systems.Prod.Functions.OfType("AWS::ApiGateway::Method").Where(m => m["HttpMethod"] == "OPTIONS"),
            m => Assert.Null(m.Properties["Integration"]!["IntegrationResponses"]![0]!["ResponseTemplates"]));
    }

    [Fact]
    public void The_bucket_lets_the_same_origins_fetch_and_post_objects()
    {
        var bucket = Systems.Unusual.Functions.OfType("AWS::S3::Bucket").Single(b => b["BucketName"] == Bucket(Systems.Unusual, SystemMap.Evidence));
        var rule = Assert.Single(bucket.Properties["CorsConfiguration"]!["CorsRules"]!.AsArray())!;
        Assert.Equal(["https://app.example.org", "http://localhost:*"], rule["AllowedOrigins"]!.AsArray().Select(o => o!.ToString()));
        Assert.Equal(["GET", "HEAD", "POST"], rule["AllowedMethods"]!.AsArray().Select(o => o!.ToString()));
        Assert.Equal(["*"], rule["AllowedHeaders"]!.AsArray().Select(o => o!.ToString()));
    }

    [Fact]
    public void Every_refusal_of_the_gateway_may_be_read_by_any_page()
    {
        var responses = Systems.Dev.Functions.OfType("AWS::ApiGateway::GatewayResponse");
        Assert.Contains(responses, r => r["ResponseType"] == "DEFAULT_4XX");
        Assert.Contains(responses, r => r["ResponseType"] == "DEFAULT_5XX");
        Assert.All(responses, r => Assert.Equal("'*'", r.Properties["ResponseParameters"]!["gatewayresponse.header.Access-Control-Allow-Origin"]!.ToString()));
        Assert.All(responses.Where(r => r["StatusCode"] == "401"),
            r => Assert.StartsWith("'Bearer", r.Properties["ResponseParameters"]!["gatewayresponse.header.WWW-Authenticate"]!.ToString(), StringComparison.Ordinal));
    }

    /// <summary>300 resources to an API, 20 KB to a function's policy, 500 resources to a stack.</summary>
    [Fact]
    public void The_API_stays_well_under_the_limits_of_API_Gateway_Lambda_and_CloudFormation()
    {
        var stack = Systems.Unusual.Functions;
        Assert.InRange(stack.OfType("AWS::ApiGateway::Resource").Count, SystemMap.Resources.Count, 150);
        Assert.InRange(stack.All.Count(), 1, 400);
        var statements = stack.OfType("AWS::Lambda::Permission").GroupBy(p => p["FunctionName"]).Select(p => p.Count());
        Assert.InRange(statements.Max(), 1, 25);
    }

    [Fact]
    public void A_route_that_is_not_public_asks_for_a_token_of_the_user_pool()
    {
        var authorizer = Systems.Dev.Functions.Only("AWS::ApiGateway::Authorizer");
        Assert.Equal("COGNITO_USER_POOLS", authorizer["Type"]);
        Assert.Equal("method.request.header.Authorization", authorizer["IdentitySource"]);
        Assert.Equal($"${{{Systems.Dev.Data.Only("AWS::Cognito::UserPool").LogicalId}.Arn}}", authorizer["ProviderARNs"]);
        var guarded = Proxied(Systems.Dev).Where(method => method["AuthorizationType"] != "NONE");
        Assert.All(guarded, method => Assert.Equal($"${{{authorizer.LogicalId}}}", method["AuthorizerId"]));
    }

    [Fact]
    public void A_call_is_a_proxy_event_within_the_gateways_time() =>
        Assert.All(Proxied(Systems.Dev), method =>
        {
            Assert.Equal("AWS_PROXY", method["Integration.Type"]);
            Assert.Equal($"{SystemMap.IntegrationTimeoutSeconds * 1000}", method["Integration.TimeoutInMillis"]);
        });

    [Fact]
    public void Each_route_may_invoke_its_function_and_no_other()
    {
        var permissions = Systems.Dev.Functions.OfType("AWS::Lambda::Permission").Where(p => p["Principal"] == "apigateway.amazonaws.com").ToArray();
        var expected = SystemMap.Routes.Select(route => (route.Function, Path: PathParameter().Replace(route.Resource, "*"))).Distinct()
            .Select(route => $"{Arn("lambda", "function:" + Name(Systems.Dev, route.Function))} api/*{route.Path}");
        Assert.Equal(expected.Order(), permissions.Select(p => $"{p["FunctionName"]} {p["SourceArn"].Split('/', 2)[1]}").Order());
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
    public void The_base_path_is_the_same_with_and_without_a_domain_of_its_own()
    {
        Assert.Equal("/api/v1", SystemMap.ApiBase);
        Assert.Equal("api", Systems.Dev.Functions.Only("AWS::ApiGateway::Stage")["StageName"]);
        Assert.Equal("api", Systems.Unusual.Functions.Only("AWS::ApiGatewayV2::ApiMapping")["ApiMappingKey"]);
        Assert.EndsWith("/api/v1", Url(Systems.Dev), StringComparison.Ordinal);
        Assert.Equal("https://api.example.org/api/v1", Url(Systems.Unusual));
    }

    private static string Url(SynthesisedSystem system) => system.Functions.Text(system.Functions.Json["Outputs"]!["ApiUrl"]!["Value"]);

    [Fact]
    public void With_a_domain_of_its_own_the_other_address_is_closed()
    {
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

    private static void IsPreflight(string status, Dictionary<string, string> headers, string allow)
    {
        Assert.Equal("204", status);
        Assert.Equal($"'{allow}'", headers["Access-Control-Allow-Methods"]);
        Assert.Equal("'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, traceparent'", headers["Access-Control-Allow-Headers"]);
        Assert.Equal("'Origin'", headers["Vary"]);
        Assert.Equal("'7200'", headers["Access-Control-Max-Age"]);
        // Only the template may name an origin: it knows the request's.
        Assert.DoesNotContain("Access-Control-Allow-Origin", headers.Keys);
    }

    private static bool IsMock(Resource method) => method["Integration.Type"] == "MOCK";

    private static IEnumerable<Resource> Proxied(SynthesisedSystem system) =>
        system.Functions.OfType("AWS::ApiGateway::Method").Where(method => !IsMock(method));

    [GeneratedRegex("[{][^}]+[}]")]
    private static partial Regex PathParameter();

    private static string Describe(SynthesisedSystem system, Resource method)
    {
        var uri = method["Integration.Uri"];
        var function = SystemMap.Functions.Single(f => uri.Contains($"function:{Name(system, f.Name)}/", StringComparison.Ordinal));
        return $"{method["HttpMethod"]} {GatewayPaths.Of(method)} {Name(system, function.Name)} {method["AuthorizationType"]}";
    }
}
