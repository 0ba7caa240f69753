using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace DomainFlow.Aws.Objects;

/// <summary>Which S3 is called.</summary>
/// <param name="Region">AWS_REGION.</param>
/// <param name="Endpoint">AWS_ENDPOINT_URL_S3: a compatible server, called with the bucket in the path. Null: S3 of the region.</param>
public sealed record S3Settings(string Region, Uri? Endpoint = null)
{
    private const int Retries = 6;

    /// <summary>
    /// What S3 refuses for a moment (503 SlowDown, 500, time-outs) is tried again by the SDK, after waits of full jitter that end with the
    /// caller's token.
    /// </summary>
    public AmazonS3Config ToConfig()
    {
        var config = new AmazonS3Config { RetryMode = RequestRetryMode.Standard, MaxErrorRetry = Retries };
        if (Endpoint is null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(Region);
            return config;
        }

        config.ServiceURL = Endpoint.AbsoluteUri;
        config.ForcePathStyle = true;
        config.AuthenticationRegion = Region;
        return config;
    }
}
