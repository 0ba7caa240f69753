using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;
using DomainFlow.Stores.Tests.Servers;

namespace DomainFlow.EndToEnd.Tests.Running;

/// <summary>A DynamoDB, an S3 and an OpenSearch server of a running system's own.</summary>
public sealed class AwsServers : IAsyncDisposable
{
    /// <summary>As the host names it.</summary>
    public const string Region = "local-1";

    private static readonly string[] Homes = ["DOMAINFLOW_TEST_DYNAMODB", "DOMAINFLOW_TEST_S3", "DOMAINFLOW_TEST_OPENSEARCH"];

    private readonly TestServer[] _servers;

    private AwsServers(TestServer[] servers) => _servers = servers;

    /// <summary>Why there are none; null where there are.</summary>
    public static string? Missing =>
        Homes.FirstOrDefault(home => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(home))) is { } absent
            ? $"{absent} is not set: no such server to test against"
            : null;

    public TestServer DynamoDb => _servers[0];

    public TestServer S3 => _servers[1];

    public TestServer OpenSearch => _servers[2];

    public BasicAWSCredentials Credentials => new(S3.Settings["S3_ACCESS_KEY"], S3.Settings["S3_SECRET_KEY"]);

    /// <summary>What the host reads.</summary>
    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["AWS_ENDPOINT_URL_DYNAMODB"] = DynamoDb.Settings["DYNAMODB_URL"],
        ["AWS_ENDPOINT_URL_S3"] = S3.Settings["S3_URL"],
        ["AWS_ACCESS_KEY_ID"] = S3.Settings["S3_ACCESS_KEY"],
        ["AWS_SECRET_ACCESS_KEY"] = S3.Settings["S3_SECRET_KEY"],
        ["OPENSEARCH_URL"] = OpenSearch.Settings["OPENSEARCH_URL"],
    };

    public static async Task<AwsServers> StartAsync() => new((await Task.WhenAll(Homes.Select(TestServer.StartAsync)))!);

    /// <summary>A client of a test's own, past the system.</summary>
    public AmazonDynamoDBClient DynamoDbClient() =>
        new(Credentials, new AmazonDynamoDBConfig { ServiceURL = DynamoDb.Settings["DYNAMODB_URL"], AuthenticationRegion = Region });

    /// <inheritdoc cref="DynamoDbClient"/>
    public AmazonS3Client S3Client() =>
        new(Credentials, new AmazonS3Config { ServiceURL = S3.Settings["S3_URL"], AuthenticationRegion = Region, ForcePathStyle = true });

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers) await server.DisposeAsync();
    }
}
