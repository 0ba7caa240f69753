namespace DomainFlow.Local.Aws;

/// <summary>Where the compatible servers are that stand for AWS, by the variables that AWS's own tools read.</summary>
/// <param name="OpenSearch">OPENSEARCH_URL; null: PostgreSQL searches.</param>
/// <param name="SessionToken">Of temporary credentials.</param>
public sealed record AwsSettings(
    Uri DynamoDb, Uri S3, Uri? OpenSearch, string Region, string AccessKey, string SecretKey, string? SessionToken)
{
    public const string DynamoDbVariable = "AWS_ENDPOINT_URL_DYNAMODB";
    public const string S3Variable = "AWS_ENDPOINT_URL_S3";

    /// <exception cref="HostException">A variable is missing or no address; the message names it.</exception>
    public static AwsSettings Read(Func<string, string?> variable)
    {
        string Required(string name) =>
            variable(name) is { Length: > 0 } value ? value : throw new HostException($"{name} is not set: --aws needs the servers' addresses and a key (README, \"The same on AWS's stores\")");
        Uri? Address(string name) => variable(name) is not { Length: > 0 } value ? null
            : Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address
            : throw new HostException($"{name} must be an http or https address");
        Uri Endpoint(string name) => Address(name) ?? Address("AWS_ENDPOINT_URL") ?? new Uri(Required(name));

        return new(
            Endpoint(DynamoDbVariable), Endpoint(S3Variable), Address("OPENSEARCH_URL"),
            variable("AWS_REGION") is { Length: > 0 } region ? region : LocalNames.Region,
            Required("AWS_ACCESS_KEY_ID"), Required("AWS_SECRET_ACCESS_KEY"), variable("AWS_SESSION_TOKEN") is { Length: > 0 } token ? token : null);
    }

    /// <summary>What a function's process is told, so that its AWS clients go to these servers.</summary>
    public IEnumerable<KeyValuePair<string, string>> Variables()
    {
        yield return new("AWS_REGION", Region);
        yield return new("AWS_DEFAULT_REGION", Region);
        yield return new("AWS_ACCESS_KEY_ID", AccessKey);
        yield return new("AWS_SECRET_ACCESS_KEY", SecretKey);
        if (SessionToken is not null) yield return new("AWS_SESSION_TOKEN", SessionToken);
        yield return new(DynamoDbVariable, DynamoDb.AbsoluteUri);
        yield return new(S3Variable, S3.AbsoluteUri);
    }

    /// <summary>Without the secret, so that no log line can carry it.</summary>
    public override string ToString() => $"DynamoDB {DynamoDb}, S3 {S3}, search {(object?)OpenSearch ?? "PostgreSQL"}";
}
