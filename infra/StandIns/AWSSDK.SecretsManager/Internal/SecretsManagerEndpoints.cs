using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util;

namespace Amazon.SecretsManager.Internal;

/// <summary>Finds the URL of a call: the configured one, else the region's.</summary>
internal sealed class SecretsManagerEndpointProvider : IEndpointProvider
{
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        if (parameters["Endpoint"] is string { Length: > 0 } configured) return new Endpoint(configured);

        var name = parameters["Region"] as string;
        if (string.IsNullOrEmpty(name)) throw new AmazonClientException("No region is configured for AWS Secrets Manager, and no service URL.");
        var region = RegionEndpoint.GetBySystemName(name);
        var prefix = parameters["UseFIPS"] is true ? "secretsmanager-fips" : "secretsmanager";
        var suffix = parameters["UseDualStack"] is not true ? region.PartitionDnsSuffix
            : region.PartitionName == "aws-cn" ? "api.amazonwebservices.com.cn" : "api.aws";
        return new Endpoint($"https://{prefix}.{name}.{suffix}");
    }
}

/// <summary>The pipeline's step that gives a request its URL.</summary>
internal sealed class SecretsManagerEndpointResolver : BaseEndpointResolver
{
    public static EndpointParameters ParametersFrom(IClientConfig config, RegionEndpoint alternate) => new()
    {
        ["Region"] = alternate?.SystemName ?? config.RegionEndpoint?.SystemName ?? RegionOf(config),
        ["Endpoint"] = config.ServiceURL,
        ["UseDualStack"] = config.UseDualstackEndpoint,
        ["UseFIPS"] = config.UseFIPSEndpoint,
    };

    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext) =>
        ParametersFrom(requestContext.ClientConfig, requestContext.Request.AlternateEndpoint);

    protected override void ServiceSpecificHandler(IExecutionContext executionContext, EndpointParameters parameters) =>
        InjectHostPrefix(executionContext.RequestContext);

    private static string RegionOf(IClientConfig config)
    {
        if (string.IsNullOrEmpty(config.ServiceURL)) return null;
        return string.IsNullOrEmpty(config.AuthenticationRegion) ? AWSSDKUtils.DetermineRegion(config.ServiceURL) : config.AuthenticationRegion;
    }
}
