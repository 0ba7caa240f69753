using System.Text.Json;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;
using DomainFlow.Postgres;

namespace DomainFlow.Aws;

/// <summary>A database role's name and password from Secrets Manager: the JSON that RDS writes, <c>{"username","password",...}</c>.</summary>
public sealed class SecretsManagerCredentials(string secretArn, IAmazonSecretsManager secrets)
{
    public SecretsManagerCredentials(string secretArn)
        : this(secretArn, new AmazonSecretsManagerClient())
    {
    }

    /// <summary>The secret as it is now.</summary>
    /// <exception cref="AmazonSecretsManagerException">It cannot be read.</exception>
    /// <exception cref="InvalidOperationException">It is not such a JSON object; the message names the secret, never its content.</exception>
    public async Task<DatabaseCredentials> ReadAsync(CancellationToken cancellationToken)
    {
        var answer = await secrets.GetSecretValueAsync(new GetSecretValueRequest { SecretId = secretArn }, cancellationToken);
        try
        {
            using var json = JsonDocument.Parse(answer.SecretString ?? "");
            return new DatabaseCredentials(Text(json.RootElement, "username"), Text(json.RootElement, "password"));
        }
        catch (JsonException)
        {
            throw Malformed("is not JSON");
        }
    }

    private string Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            && value.GetString() is { Length: > 0 } text
            ? text
            : throw Malformed($"has no text '{name}'");

    private InvalidOperationException Malformed(string why) => new($"The secret {secretArn} {why}: {{\"username\",\"password\"}} is needed.");
}
