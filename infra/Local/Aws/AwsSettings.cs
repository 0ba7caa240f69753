using Amazon.Runtime;
using DomainFlow.Topology;

namespace DomainFlow.Local.Aws;

/// <summary>Where the compatible servers are that stand for AWS, by the variables that AWS's own tools read.</summary>
/// <param name="OpenSearch">OPENSEARCH_URL; null: PostgreSQL searches. What is reached by https is signed for.</param>
/// <param name="SessionToken">Of temporary credentials.</param>
public sealed record AwsSettings(
    Uri DynamoDb, Uri S3, Uri? OpenSearch, string Region, string AccessKey, string SecretKey, string? SessionToken)
{
    public const string DynamoDbVariable = "AWS_ENDPOINT_URL_DYNAMODB";
    public const string S3Variable = "AWS_ENDPOINT_URL_S3";
    public const string SecretsManagerVariable = "AWS_ENDPOINT_URL_SECRETS_MANAGER";

    /// <summary>The host's own calls, where callers are named.</summary>
    public const string Host = "host";

    /// <summary>Keeps the database's passwords; null: the functions get them by variables.</summary>
    public Uri? SecretsManager { get; init; }

    /// <summary>How OpenSearch is used, by the names of the functions' variables; what is not there, they choose themselves.</summary>
    public IReadOnlyDictionary<string, string> Search { get; init; } = new Dictionary<string, string>();

    /// <summary>Each caller has a session token of its own, which names it, as each role has on AWS: function/NAME, pipe/NAME, host. For servers that take any.</summary>
    public bool NamesCallers { get; init; }

    /// <exception cref="HostException">A variable is missing or no address; the message names it.</exception>
    public static AwsSettings Read(Func<string, string?> variable)
    {
        string? Optional(string name) => variable(name) is { Length: > 0 } value ? value : null;
        string Required(string name) =>
            Optional(name) ?? throw new HostException($"{name} is not set: --aws needs the servers' addresses and a key (README, \"The same on AWS's stores\")");
        Uri? Address(string name) => Optional(name) is not { } value ? null
            : Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address
            : throw new HostException($"{name} must be an http or https address");
        Uri Endpoint(string name) => Address(name) ?? Address("AWS_ENDPOINT_URL") ?? new Uri(Required(name));

        return new(
            Endpoint(DynamoDbVariable), Endpoint(S3Variable), Address("OPENSEARCH_URL"),
            Optional("AWS_REGION") ?? LocalNames.Region, Required("AWS_ACCESS_KEY_ID"), Required("AWS_SECRET_ACCESS_KEY"), Optional("AWS_SESSION_TOKEN"))
        {
            SecretsManager = Address(SecretsManagerVariable),
            Search = SystemMap.SearchSettings.Where(setting => Optional(setting.Name) is not null)
                .ToDictionary(setting => setting.Name, setting => Optional(setting.Name)!),
        };
    }

    /// <summary>What a pipe's calls are named by.</summary>
    public static string Pipe(string name) => "pipe/" + name;

    /// <summary>What a caller signs with.</summary>
    public AWSCredentials Credentials(string caller) =>
        Token(caller) is { } token ? new SessionAWSCredentials(AccessKey, SecretKey, token) : new BasicAWSCredentials(AccessKey, SecretKey);

    /// <summary>What a process of a function is told, so that its AWS clients go to these servers.</summary>
    public IEnumerable<KeyValuePair<string, string>> Variables(string function)
    {
        yield return new("AWS_REGION", Region);
        yield return new("AWS_DEFAULT_REGION", Region);
        yield return new("AWS_ACCESS_KEY_ID", AccessKey);
        yield return new("AWS_SECRET_ACCESS_KEY", SecretKey);
        if (Token("function/" + function) is { } token) yield return new("AWS_SESSION_TOKEN", token);
        yield return new(DynamoDbVariable, DynamoDb.AbsoluteUri);
        yield return new(S3Variable, S3.AbsoluteUri);
        if (SecretsManager is not null) yield return new(SecretsManagerVariable, SecretsManager.AbsoluteUri);
    }

    /// <summary>Without the secret, so that no log line can carry it.</summary>
    public override string ToString() => $"DynamoDB {DynamoDb}, S3 {S3}, search {(object?)OpenSearch ?? "PostgreSQL"}";

    private string? Token(string caller) => SessionToken ?? (NamesCallers ? caller : null);
}
