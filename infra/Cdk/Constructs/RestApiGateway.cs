using System.Text.Json.Nodes;
using Amazon.CDK;
using Amazon.CDK.AWS.APIGateway;
using Amazon.CDK.AWS.Cognito;
using Constructs;
using DomainFlow.Cdk.Configuration;
using DomainFlow.Topology;

namespace DomainFlow.Cdk.Constructs;

/// <summary>
/// The REST API, made from Topology's routes. Its resources stand at the root, so that functions see Topology's paths in
/// <c>resource</c>; the base path is the stage (v1) or, with a domain of one's own, the mapping (api/v1).
/// </summary>
public sealed class RestApiGateway : Construct
{
    public const string Stage = "v1";

    private readonly EnvironmentConfiguration configuration;

    public RestApiGateway(Construct scope, EnvironmentConfiguration configuration, IUserPool users, IReadOnlyDictionary<string, LambdaFunction> functions)
        : base(scope, "Api")
    {
        this.configuration = configuration;
        Api = new RestApi(this, "Rest", Properties());
        var authorizer = new CognitoUserPoolsAuthorizer(this, "Tokens", new CognitoUserPoolsAuthorizerProps
        {
            AuthorizerName = "user-pool",
            CognitoUserPools = [users],
            ResultsCacheTtl = Duration.Minutes(5),
        });
        foreach (var route in SystemMap.Routes)
            Add(route, functions[route.Function], authorizer);
        ProblemResponses.Add(Api);
        BaseUrl = configuration.Api.DomainName is { } domain
            ? Map(domain, configuration.Api.CertificateArn!)
            : $"https://{Api.RestApiId}.execute-api.{Aws.REGION}.{Aws.URL_SUFFIX}/{Stage}";
    }

    public RestApi Api { get; }

    /// <summary>What stands before a route's path in a client's address.</summary>
    public string BaseUrl { get; }

    private RestApiProps Properties() => new()
    {
        RestApiName = configuration.Prefix,
        Description = "DomainFlow: reports, questions and answers",
        EndpointTypes = [EndpointType.REGIONAL],
        CloudWatchRole = configuration.Api.AccountLogging,
        CloudWatchRoleRemovalPolicy = configuration.Api.AccountLogging ? RemovalPolicy.RETAIN : null,
        DisableExecuteApiEndpoint = configuration.Api.DomainName is not null,
        BinaryMediaTypes = [.. SystemMap.BinaryMediaTypes],
        MinCompressionSize = Size.Kibibytes(1),
        DeployOptions = new StageOptions
        {
            StageName = Stage,
            ThrottlingRateLimit = configuration.Api.RequestsPerSecond,
            ThrottlingBurstLimit = configuration.Api.Burst,
            MetricsEnabled = true,
            TracingEnabled = configuration.Tracing,
            AccessLogDestination = new LogGroupLogDestination(
                LogGroups.Make(this, "AccessLogs", $"/aws/apigateway/{configuration.Prefix}", configuration)),
            AccessLogFormat = AccessLogFormat.Custom(AccessLine()),
        },
    };

    // No query string and no e-mail address: the line says which route and whose tenant, not what was asked.
    private static string AccessLine() => new JsonObject
    {
        ["request_id"] = "$context.requestId",
        ["time"] = "$context.requestTime",
        ["method"] = "$context.httpMethod",
        ["resource"] = "$context.resourcePath",
        ["status"] = "$context.status",
        ["bytes"] = "$context.responseLength",
        ["milliseconds"] = "$context.responseLatency",
        ["tenant_id"] = "$context.authorizer.claims.custom:tenant_id",
        ["user"] = "$context.authorizer.claims.sub",
        ["error"] = "$context.error.responseType",
    }.ToJsonString();

    private void Add(RouteDefinition route, LambdaFunction function, IAuthorizer authorizer)
    {
        var integration = new LambdaIntegration(function.Function, new LambdaIntegrationOptions
        {
            Proxy = true,
            AllowTestInvoke = false,
            Timeout = Duration.Seconds(SystemMap.IntegrationTimeoutSeconds),
        });
        Api.Root.ResourceForPath(route.Path).AddMethod(route.Method, integration, new MethodOptions
        {
            OperationName = $"{route.Method} {route.Path}",
            AuthorizationType = route.Public ? AuthorizationType.NONE : AuthorizationType.COGNITO,
            Authorizer = route.Public ? null : authorizer,
        });
    }

    private string Map(string domain, string certificateArn)
    {
        var name = new CfnDomainName(this, "Domain", new CfnDomainNameProps
        {
            DomainName = domain,
            RegionalCertificateArn = certificateArn,
            EndpointConfiguration = new CfnDomainName.EndpointConfigurationProperty { Types = ["REGIONAL"] },
            SecurityPolicy = "TLS_1_2",
        });
        // Only the newer kind of mapping takes a base path of two parts.
        _ = new Amazon.CDK.AWS.Apigatewayv2.CfnApiMapping(this, "Mapping", new Amazon.CDK.AWS.Apigatewayv2.CfnApiMappingProps
        {
            DomainName = name.Ref,
            ApiId = Api.RestApiId,
            Stage = Api.DeploymentStage.StageName,
            ApiMappingKey = SystemMap.ApiBase.TrimStart('/'),
        });
        return $"https://{domain}{SystemMap.ApiBase}";
    }
}
