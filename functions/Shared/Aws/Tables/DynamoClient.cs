using Amazon;
using Amazon.DynamoDBv2;
using Amazon.Runtime;

namespace DomainFlow.Aws.Tables;

/// <summary>Makes clients for <see cref="DynamoTables"/>.</summary>
public static class DynamoClient
{
    /// <summary>One answer of DynamoDB takes milliseconds: what takes this long is lost, and tried again.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Region and credentials come from the environment, as the SDK takes them.</summary>
    /// <param name="endpoint">Of a compatible server; null for that of AWS_ENDPOINT_URL_DYNAMODB or AWS_ENDPOINT_URL, else AWS's own.</param>
    /// <param name="credentials">Null for those of the environment.</param>
    /// <param name="configure">Has the last word.</param>
    public static AmazonDynamoDBClient Create(Uri? endpoint = null, AWSCredentials? credentials = null, Action<AmazonDynamoDBConfig>? configure = null)
    {
        // The store tries again itself, until the deadline: retries of the SDK below it would multiply.
        var configuration = new AmazonDynamoDBConfig { MaxErrorRetry = 0, Timeout = AnswerTimeout };
        if (endpoint is not null)
        {
            configuration.ServiceURL = endpoint.ToString();
            configuration.AuthenticationRegion = (FallbackRegionFactory.GetRegionEndpoint(includeInstanceMetadata: false) ?? RegionEndpoint.USEast1).SystemName;
        }

        configure?.Invoke(configuration);
        return credentials is null ? new(configuration) : new(credentials, configuration);
    }
}
