using Amazon.Runtime;
using Amazon.SecretsManager.Model;

namespace Amazon.SecretsManager;

/// <summary>AWS Secrets Manager. Errors are <see cref="AmazonSecretsManagerException"/> or derived from it.</summary>
public interface IAmazonSecretsManager : IAmazonService, IDisposable
{
    /// <summary>Makes a secret with its first version.</summary>
    Task<CreateSecretResponse> CreateSecretAsync(CreateSecretRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads a version of a secret, the current one unless told otherwise.</summary>
    Task<GetSecretValueResponse> GetSecretValueAsync(GetSecretValueRequest request, CancellationToken cancellationToken = default);

    /// <summary>Adds a version to a secret and makes it the current one.</summary>
    Task<PutSecretValueResponse> PutSecretValueAsync(PutSecretValueRequest request, CancellationToken cancellationToken = default);
}
