using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using static System.Net.DecompressionMethods;

namespace OpenSearch.Net;

public interface IConnection : IDisposable
{
    Task<TResponse> RequestAsync<TResponse>(RequestData requestData, CancellationToken cancellationToken)
        where TResponse : class, IOpenSearchResponse, new();
}

/// <summary>Sends requests by <see cref="HttpClient"/>. One that finds no answer gives a response without a status.</summary>
public class HttpConnection : IConnection
{
    private readonly Lock gate = new();
    private HttpClient client;

    public virtual async Task<TResponse> RequestAsync<TResponse>(RequestData requestData, CancellationToken cancellationToken)
        where TResponse : class, IOpenSearchResponse, new()
    {
        HttpResponseMessage answer = null;
        Exception failure = null;
        try
        {
            using var request = await MessageAsync(requestData, cancellationToken).ConfigureAwait(false);
            answer = await Client(requestData).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TaskCanceledException or HttpRequestException)
        {
            failure = exception;
        }

        using (answer)
        {
            var body = answer is null ? null : await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return Response<TResponse>(requestData, (int?)answer?.StatusCode, body, failure);
        }
    }

    void IDisposable.Dispose()
    {
        client?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected virtual HttpMessageHandler CreateHttpClientHandler(RequestData requestData) => new HttpClientHandler
    {
        AutomaticDecompression = requestData.HttpCompression ? GZip | Deflate : None,
        MaxConnectionsPerServer = requestData.ConnectionSettings.ConnectionLimit,
        UseProxy = !requestData.ConnectionSettings.DisableAutomaticProxyDetection,
    };

    private static TResponse Response<TResponse>(RequestData request, int? status, byte[] body, Exception failure)
        where TResponse : class, IOpenSearchResponse, new()
    {
        var isKnown = status is >= 200 and < 300 || (status == 404 && request.Method is HttpMethod.GET or HttpMethod.HEAD);
        failure ??= isKnown ? null : new OpenSearchClientException(
            PipelineFailure.BadResponse, $"Request failed to execute. Call: Status code {status} from: {request}", innerException: null);
        var response = new TResponse { ApiCall = new ApiCallDetails(request.Method, request.Uri, status, failure) };
        if (response is OpenSearchResponseBase withBody)
            withBody.Read(body);
        return response;
    }

    private static async Task<HttpRequestMessage> MessageAsync(RequestData data, CancellationToken cancellationToken)
    {
        var message = new HttpRequestMessage(new System.Net.Http.HttpMethod(data.Method.ToString()), data.Uri);
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(RequestData.MimeType));
        message.Headers.UserAgent.TryParseAdd(data.ConnectionSettings.UserAgent);
        if (data.PostData is null)
            return message;
        var body = new MemoryStream();
        if (data.HttpCompression)
        {
            await using var zip = new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true);
            await data.PostData.WriteAsync(zip, data.ConnectionSettings, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await data.PostData.WriteAsync(body, data.ConnectionSettings, cancellationToken).ConfigureAwait(false);
        }

        message.Content = new ByteArrayContent(body.GetBuffer(), 0, (int)body.Length);
        message.Content.Headers.ContentType = new MediaTypeHeaderValue(RequestData.MimeType);
        if (data.HttpCompression)
            message.Content.Headers.ContentEncoding.Add("gzip");
        return message;
    }

    private HttpClient Client(RequestData data)
    {
        lock (gate)
            return client ??= new HttpClient(CreateHttpClientHandler(data)) { Timeout = data.RequestTimeout };
    }
}
