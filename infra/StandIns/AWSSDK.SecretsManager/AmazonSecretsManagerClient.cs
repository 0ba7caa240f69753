using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SecretsManager.Internal;
using Amazon.SecretsManager.Model;

namespace Amazon.SecretsManager;

/// <summary>Calls AWS Secrets Manager through AWSSDK.Core's own pipeline: credentials, signature, retries.</summary>
public class AmazonSecretsManagerClient : AmazonServiceClient, IAmazonSecretsManager
{
    /// <summary>Credentials and region from the environment.</summary>
    public AmazonSecretsManagerClient()
        : this(new AmazonSecretsManagerConfig())
    {
    }

    /// <summary>Credentials from the environment.</summary>
    public AmazonSecretsManagerClient(RegionEndpoint region)
        : this(new AmazonSecretsManagerConfig { RegionEndpoint = region })
    {
    }

    /// <summary>Credentials from the environment.</summary>
    public AmazonSecretsManagerClient(AmazonSecretsManagerConfig config)
        : base(config)
    {
    }

    /// <summary>Region from the environment.</summary>
    public AmazonSecretsManagerClient(AWSCredentials credentials)
        : this(credentials, new AmazonSecretsManagerConfig())
    {
    }

    /// <summary>Given credentials and region.</summary>
    public AmazonSecretsManagerClient(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonSecretsManagerConfig { RegionEndpoint = region })
    {
    }

    /// <summary>Given credentials and configuration.</summary>
    public AmazonSecretsManagerClient(AWSCredentials credentials, AmazonSecretsManagerConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    /// <inheritdoc/>
    protected override IServiceMetadata ServiceMetadata { get; } = new SecretsManagerMetadata();

    /// <summary>The default configuration.</summary>
    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonSecretsManagerConfig();

    /// <summary>A client with given credentials and configuration.</summary>
    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        awsCredentials is null
            ? new AmazonSecretsManagerClient((AmazonSecretsManagerConfig)clientConfig)
            : new AmazonSecretsManagerClient(awsCredentials, (AmazonSecretsManagerConfig)clientConfig);

    /// <inheritdoc/>
    public virtual Task<CreateSecretResponse> CreateSecretAsync(CreateSecretRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<CreateSecretResponse>(request, Operations.CreateSecret.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<GetSecretValueResponse> GetSecretValueAsync(GetSecretValueRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetSecretValueResponse>(request, Operations.GetSecretValue.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<PutSecretValueResponse> PutSecretValueAsync(PutSecretValueRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<PutSecretValueResponse>(request, Operations.PutSecretValue.Options, cancellationToken);

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new SecretsManagerEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new SecretsManagerAuth());
    }

    private sealed class SecretsManagerMetadata : IServiceMetadata
    {
        public string ServiceId => AmazonSecretsManagerConfig.ServiceId;

        public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
    }
}
