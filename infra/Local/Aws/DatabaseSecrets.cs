using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;

namespace DomainFlow.Local.Aws;

/// <summary>The two database roles' names and passwords in Secrets Manager, as a deployment keeps them: <c>{"username","password"}</c>.</summary>
/// <param name="Owner">ARN of the owner's.</param>
/// <param name="Functions">ARN of the functions'.</param>
internal sealed record DatabaseSecrets(string Owner, string Functions)
{
    /// <summary>Of one call.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public const string OwnerName = "domainflow/database/owner";
    public const string FunctionsName = "domainflow/database/functions";

    /// <summary>Stores what this machine's database takes now.</summary>
    /// <exception cref="HostException">Secrets Manager does not answer, or refuses.</exception>
    public static async Task<DatabaseSecrets> StoreAsync(AwsSettings settings, DatabaseSettings database, CancellationToken cancellationToken)
    {
        var address = settings.SecretsManager!.AbsoluteUri;
        var configuration = new AmazonSecretsManagerConfig { ServiceURL = address, AuthenticationRegion = settings.Region, Timeout = Limit, MaxErrorRetry = 1 };
        using var client = new AmazonSecretsManagerClient(settings.Credentials(AwsSettings.Host), configuration);
        try
        {
            return new(
                await StoreAsync(client, OwnerName, database.Owner, cancellationToken),
                await StoreAsync(client, FunctionsName, database.Functions, cancellationToken));
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new HostException($"The database's secrets cannot be stored ({AwsSettings.SecretsManagerVariable} {address}, region {settings.Region}): {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    private static async Task<string> StoreAsync(AmazonSecretsManagerClient client, string name, DatabaseLogin login, CancellationToken cancellationToken)
    {
        var text = new JsonObject { ["username"] = login.User, ["password"] = login.Password }.ToJsonString();
        try
        {
            return (await client.PutSecretValueAsync(new PutSecretValueRequest { SecretId = name, SecretString = text }, cancellationToken)).ARN;
        }
        catch (ResourceNotFoundException)
        {
            return (await client.CreateSecretAsync(new CreateSecretRequest { Name = name, SecretString = text }, cancellationToken)).ARN;
        }
    }
}
