using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;

namespace OpenSearch.Net.Auth.AwsSigV4;

/// <summary>Signs each request for Amazon OpenSearch Service or its Serverless.</summary>
public class AwsSigV4HttpConnection : HttpConnection
{
    public const string OpenSearchService = "es";

    public const string OpenSearchServerlessService = "aoss";

    private readonly AWSCredentials credentials;
    private readonly RegionEndpoint region;
    private readonly string service;

    /// <summary>Credentials and region are those of the environment.</summary>
    public AwsSigV4HttpConnection(string service = OpenSearchService)
        : this(null, null, service)
    {
    }

    public AwsSigV4HttpConnection(RegionEndpoint region, string service = OpenSearchService)
        : this(null, region, service)
    {
    }

    public AwsSigV4HttpConnection(AWSCredentials credentials, RegionEndpoint region, string service = OpenSearchService)
    {
        this.service = service;
        this.credentials = credentials ?? DefaultAWSCredentialsIdentityResolver.GetCredentials();
        this.region = region ?? FallbackRegionFactory.GetRegionEndpoint()
            ?? throw new ArgumentNullException(nameof(region), "No region is given and none is found in the environment (AWS_REGION).");
    }

    /// <summary>What sends the signed request.</summary>
    protected virtual HttpMessageHandler InnerCreateHttpClientHandler(RequestData requestData) => base.CreateHttpClientHandler(requestData);

    protected override HttpMessageHandler CreateHttpClientHandler(RequestData requestData) =>
        new Signing(credentials, region, service, InnerCreateHttpClientHandler(requestData));

    private sealed class Signing(AWSCredentials credentials, RegionEndpoint region, string service, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var known = await credentials.GetCredentialsAsync().ConfigureAwait(false);
            await AwsSigV4Util.SignRequest(request, known, region, TimeProvider.System.GetUtcNow().UtcDateTime, service).ConfigureAwait(false);
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
    }
}
