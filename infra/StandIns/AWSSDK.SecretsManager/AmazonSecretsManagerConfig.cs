using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.SecretsManager.Internal;
using Amazon.Util.Internal;

namespace Amazon.SecretsManager;

/// <summary>Where and how the client calls AWS Secrets Manager.</summary>
public class AmazonSecretsManagerConfig : ClientConfig
{
    private static readonly string AgentString = InternalSDKUtils.BuildUserAgentString(ServiceId, "4.0.100.12");

    /// <summary>The default configuration.</summary>
    public AmazonSecretsManagerConfig()
        : base(new DefaultConfigurationProvider(DefaultConfigurations.All))
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = "secretsmanager";
        EndpointProvider = new SecretsManagerEndpointProvider();
    }

    /// <summary>The service's id, "Secrets Manager".</summary>
    public static new string ServiceId => "Secrets Manager";

    /// <inheritdoc/>
    public override string RegionEndpointServiceName => "secretsmanager";

    /// <inheritdoc/>
    public override string ServiceVersion => "2017-10-17";

    /// <inheritdoc/>
    public override string UserAgent => AgentString;

    /// <inheritdoc/>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        EndpointProvider.ResolveEndpoint(SecretsManagerEndpointResolver.ParametersFrom(this, parameters.AlternateEndpoint));
}
