using System.Text.Json.Nodes;
using Amazon.CDK;
using Amazon.CDK.AWS.APIGateway;
using Amazon.CDK.AWS.Cognito;
using Constructs;
using DomainFlow.Cdk.Configuration;
using DomainFlow.Topology;
using IResource = Amazon.CDK.AWS.APIGateway.IResource;

namespace DomainFlow.Cdk.Constructs;

/// <summary>
/// The REST API, made from Topology's routes. Its resources stand below the version (/v1); what stands before that is the stage (api) or,
/// with a domain of one's own, the mapping of that name: the base path is the same.
/// </summary>
public sealed class RestApiGateway : Construct
{
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
        var answers = new GatewayAnswers(configuration.Api.AllowedOrigins);
        foreach (var resource in SystemMap.Resources)
        {
            var at = Api.Root.ResourceForPath(SystemMap.VersionBase + resource.Path);
            foreach (var route in resource.Routes) Add(at, route, functions[route.Function], authorizer);
            foreach (var function in resource.Routes.Select(route => route.Function).Distinct()) Permit(resource, functions[function]);
            answers.Add(at, resource);
        }

        ProblemResponses.Add(Api);
        BaseUrl = configuration.Api.DomainName is { } domain
            ? Map(domain, configuration.Api.CertificateArn!)
            : $"https://{Api.RestApiId}.execute-api.{Aws.REGION}.{Aws.URL_SUFFIX}{SystemMap.ApiBase}";
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
        MinCompressionSize = Size.Bytes(SystemMap.MinCompressedBytes),
        DeployOptions = new StageOptions
        {
            StageName = SystemMap.Stage,
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

    private static void Add(IResource at, RouteDefinition route, LambdaFunction function, IAuthorizer authorizer)
    {
        // Not LambdaIntegration, which adds a permission for each method: they would fill the function's policy (20 KB).
        var integration = new AwsIntegration(new AwsIntegrationProps
        {
            Proxy = true,
            Service = "lambda",
            Path = $"2015-03-31/functions/{function.Function.FunctionArn}/invocations",
            Options = new IntegrationOptions { Timeout = Duration.Seconds(SystemMap.IntegrationTimeoutSeconds) },
        });
        foreach (var method in route.Methods)
        {
            at.AddMethod(method, integration, new MethodOptions
            {
                OperationName = $"{method} {route.Path}",
                AuthorizationType = route.Public ? AuthorizationType.NONE : AuthorizationType.COGNITO,
                Authorizer = route.Public ? null : authorizer,
            });
        }
    }

    /// <summary>Lets the gateway call the function for the resource, by whatever method leads there.</summary>
    private void Permit(ResourceDefinition resource, LambdaFunction function)
    {
        var path = string.Join('/', resource.Path.Split('/').Select(segment => segment.StartsWith('{') ? "*" : segment));
        _ = new Amazon.CDK.AWS.Lambda.CfnPermission(this, $"{function.Definition.Name}-{resource.Path.TrimStart('/').Replace('/', '-')}",
            new Amazon.CDK.AWS.Lambda.CfnPermissionProps
            {
                Action = "lambda:InvokeFunction",
                FunctionName = function.Function.FunctionArn,
                Principal = "apigateway.amazonaws.com",
                SourceArn = Api.ArnForExecuteApi("*", SystemMap.VersionBase + path, SystemMap.Stage),
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
        _ = new Amazon.CDK.AWS.Apigatewayv2.CfnApiMapping(this, "Mapping", new Amazon.CDK.AWS.Apigatewayv2.CfnApiMappingProps
        {
            DomainName = name.Ref,
            ApiId = Api.RestApiId,
            Stage = Api.DeploymentStage.StageName,
            ApiMappingKey = SystemMap.Stage,
        });
        return $"https://{domain}{SystemMap.ApiBase}";
    }
}
