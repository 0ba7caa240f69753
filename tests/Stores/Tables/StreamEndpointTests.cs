using System.Net;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using DomainFlow.AwsEndpoints;
using DomainFlow.Embedded.Tests.Support;

namespace DomainFlow.Stores.Tests.Tables;

/// <summary>No test server checks signatures: these are botocore's for the same request at the same second.</summary>
public sealed class StreamEndpointTests
{
    [Theory]
    [InlineData(null, "content-type;host;x-amz-date;x-amz-target", "e10e3e15176f0e25363a0792bbb4ec0c30ec75a17aab43cd2b08850404738c54")]
    [InlineData(
        "token", "content-type;host;x-amz-date;x-amz-security-token;x-amz-target", "b55f9660658bc7d7fffd0b88f8f3864c90ddab6ab6567605d518d4bfb9390743")]
    public async Task A_call_is_signed_as_botocore_signs_it(string? token, string headers, string signature)
    {
        AWSCredentials credentials = token is null ? new BasicAWSCredentials("key", "secret") : new SessionAWSCredentials("key", "secret", token);
        using var wire = new Wire();
        using var http = new HttpClient(wire, disposeHandler: false);
        var endpoint = new StreamEndpoint(http, new Uri("http://127.0.0.1:9/"), credentials, "us-east-1", new ManualClock());
        await endpoint.CallAsync("DescribeStream", new JsonObject { ["StreamArn"] = "arn:stream" }, default);
        Assert.Equal(
            $"AWS4-HMAC-SHA256 Credential=key/20260314/us-east-1/dynamodb/aws4_request, SignedHeaders={headers}, Signature={signature}", wire.Authorization);
    }

    private sealed class Wire : HttpMessageHandler
    {
        public string? Authorization { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Authorization = request.Headers.GetValues("Authorization").Single();
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("{}") });
        }
    }
}
