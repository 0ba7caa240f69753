using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Auth;

namespace DomainFlow.AwsEndpoints;

/// <summary>
/// The API of DynamoDB Streams at one endpoint: three calls of JSON, signed. The SDK has them in a package of their own that not every
/// registry carries, and the local host needs no more of it than this.
/// </summary>
/// <param name="url">Such as that of a compatible server, or <c>https://streams.dynamodb.REGION.amazonaws.com</c>.</param>
public sealed class StreamEndpoint(HttpClient http, Uri url, AWSCredentials credentials, string region, TimeProvider time)
{
    private const string MediaType = "application/x-amz-json-1.0";
    private const string SignedHeaders = "content-type;host;x-amz-date;x-amz-target";

    /// <param name="operation">DescribeStream, GetShardIterator or GetRecords.</param>
    /// <exception cref="StreamException">The endpoint refused.</exception>
    /// <exception cref="HttpRequestException">It could not be reached.</exception>
    internal async Task<JsonObject> CallAsync(string operation, JsonObject request, CancellationToken cancellationToken)
    {
        var body = request.ToJsonString();
        using var message = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue(MediaType);
        await SignAsync(message, "DynamoDBStreams_20120810." + operation, body);
        using var response = await http.SendAsync(message, cancellationToken);
        var answer = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode ? JsonNode.Parse(answer)!.AsObject() : throw Refused(response.StatusCode, answer);
    }

    private async Task SignAsync(HttpRequestMessage message, string target, string body)
    {
        var key = await credentials.GetCredentialsAsync();
        var now = time.GetUtcNow().UtcDateTime;
        var date = now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        var headers = $"content-type:{MediaType}\nhost:{url.Authority}\nx-amz-date:{date}\nx-amz-target:{target}\n";
        var canonical = $"POST\n{url.AbsolutePath}\n\n{headers}\n{SignedHeaders}\n{hash}";
        var signature = AWS4Signer.ComputeSignature(key, region, now, "dynamodb", SignedHeaders, canonical);
        message.Headers.Add("X-Amz-Date", date);
        message.Headers.Add("X-Amz-Target", target);
        if (key.UseToken)
            message.Headers.Add("X-Amz-Security-Token", key.Token);
        message.Headers.TryAddWithoutValidation("Authorization", signature.ForAuthorizationHeader);
    }

    private static StreamException Refused(HttpStatusCode status, string answer)
    {
        try
        {
            var error = JsonNode.Parse(answer)?.AsObject();
            var code = ((string?)error?["__type"] ?? "").Split('#')[^1];
            return new StreamException(code, status, (string?)error?["message"] ?? (string?)error?["Message"] ?? "no message");
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException)
        {
            return new StreamException("", status, "an answer that is no JSON");
        }
    }
}

/// <summary>DynamoDB Streams refused a call.</summary>
/// <param name="code">Such as TrimmedDataAccessException; empty where the answer told none.</param>
public sealed class StreamException(string code, HttpStatusCode status, string message) : Exception($"DynamoDB Streams: {(int)status} {code}: {message}")
{
    public string Code { get; } = code;

    /// <summary>The same call may succeed later.</summary>
    public bool IsPassing { get; } = status >= HttpStatusCode.InternalServerError || status == HttpStatusCode.TooManyRequests
        || code is "LimitExceededException" or "ThrottlingException" or "ProvisionedThroughputExceededException";
}
