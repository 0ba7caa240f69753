using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The calls of Lambda's Runtime API, version 2018-06-01.</summary>
internal sealed class RuntimeApi
{
    // A longer X-Ray cause would be refused together with the error that it explains.
    private const int LongestXRayCause = 1024 * 1024;

    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly MediaTypeHeaderValue ErrorJson = new("application/vnd.aws.lambda.error+json");

    private readonly HttpClient _httpClient;
    private readonly string _root;

    /// <param name="httpClient">Must wait for hours: "next" answers when there is an invocation.</param>
    /// <param name="endpoint">"host:port", with an optional path behind it.</param>
    public RuntimeApi(HttpClient httpClient, string endpoint)
    {
        if (string.IsNullOrEmpty(endpoint))
            throw new InvalidOperationException("AWS_LAMBDA_RUNTIME_API is not set: this program runs as a Lambda function and finds its Runtime API there.");
        _httpClient = httpClient;
        _root = $"http://{endpoint.TrimEnd('/')}/2018-06-01/runtime/";
    }

    /// <summary>Waits for the next invocation.</summary>
    public async Task<NextInvocation> NextAsync(CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, "invocation/next", null, null, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.OK) throw await RefusalAsync(response, null, cancellationToken).ConfigureAwait(false);
        var content = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return NextInvocation.From(new MemoryStream(content), response.Headers);
    }

    /// <summary>Sends an answer; null and an empty stream are an empty answer.</summary>
    public Task RespondAsync(string requestId, Stream output, CancellationToken cancellationToken)
    {
        var content = new OpenStreamContent(output ?? Stream.Null) { Headers = { ContentType = Json } };
        return PostAsync($"invocation/{requestId}/response", content, null, cancellationToken);
    }

    /// <summary>Reports that an invocation failed.</summary>
    public Task ReportInvocationErrorAsync(string requestId, Exception exception, CancellationToken cancellationToken) =>
        PostErrorAsync($"invocation/{requestId}/error", exception, null, cancellationToken);

    /// <summary>Reports that the process could not start.</summary>
    public Task ReportInitErrorAsync(Exception exception, string errorType, CancellationToken cancellationToken) =>
        PostErrorAsync("init/error", exception, errorType, cancellationToken);

    /// <summary>Says that the process is ready for its snapshot; returns once it was restored.</summary>
    public async Task RestoreNextAsync(CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, "restore/next", null, null, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode) throw await RefusalAsync(response, null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reports that the process could not go on after its restore.</summary>
    public Task ReportRestoreErrorAsync(Exception exception, string errorType, CancellationToken cancellationToken) =>
        PostErrorAsync("restore/error", exception, errorType, cancellationToken);

    private Task PostErrorAsync(string path, Exception exception, string errorType, CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, string> { ["Lambda-Runtime-Function-Error-Type"] = errorType ?? exception.GetType().Name };
        var cause = ErrorReport.XRayCause(exception);
        if (cause.Length <= LongestXRayCause) headers["Lambda-Runtime-Function-XRay-Error-Cause"] = cause;

        var content = new ByteArrayContent(ErrorReport.Json(exception)) { Headers = { ContentType = ErrorJson } };
        return PostAsync(path, content, headers, cancellationToken);
    }

    private async Task PostAsync(string path, HttpContent content, Dictionary<string, string> headers, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Post, path, content, headers, cancellationToken).ConfigureAwait(false);
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK or HttpStatusCode.NoContent:
                return;
            case HttpStatusCode.Accepted:
                await CheckStatusBodyAsync(response, cancellationToken).ConfigureAwait(false);
                return;
            default:
                throw await RefusalAsync(response, null, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        HttpContent content,
        Dictionary<string, string> headers,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, _root + path) { Content = content };
        request.Headers.Accept.ParseAdd("application/json");
        foreach (var (name, value) in headers ?? []) request.Headers.TryAddWithoutValidation(name, value);
        return await _httpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>202 comes with {"status": "OK"}: anything but JSON means that the other side is no Runtime API.</summary>
    private static async Task CheckStatusBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            using var _ = JsonDocument.Parse(body);
        }
        catch (JsonException exception)
        {
            throw await RefusalAsync(response, exception, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<RuntimeApiClientException> RefusalAsync(HttpResponseMessage response, Exception cause, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var message = response.StatusCode switch
        {
            HttpStatusCode.Accepted => "The Runtime API accepted the call, but its answer is not JSON.",
            HttpStatusCode.InternalServerError => "The Runtime API failed (500). The process must end.",
            _ => $"The Runtime API refused the call ({status}).",
        };
        var body = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => header.Value);
        return new RuntimeApiClientException(message, status, body, headers, cause);
    }
}
