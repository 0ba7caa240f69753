using OpenSearch.Net.Specification.IndicesApi;

namespace OpenSearch.Net;

/// <summary>Calls OpenSearch by method, path and bytes. What the node or the way to it answers stands in the response; nothing is tried twice.</summary>
public class OpenSearchLowLevelClient
{
    public OpenSearchLowLevelClient(IConnectionConfigurationValues settings)
    {
        Settings = settings;
        Indices = new LowLevelIndicesNamespace(this);
    }

    public IConnectionConfigurationValues Settings { get; }

    public LowLevelIndicesNamespace Indices { get; }

    /// <param name="path">Escaped, without a query string: that is what the parameters are for.</param>
    public async Task<TResponse> DoRequestAsync<TResponse>(
        HttpMethod method, string path, CancellationToken cancellationToken, PostData data = null, IRequestParameters requestParameters = null)
        where TResponse : class, IOpenSearchResponse, new()
    {
        var request = new RequestData(method, path, data, Settings, requestParameters);
        TResponse response;
        try
        {
            response = await Settings.Connection.RequestAsync<TResponse>(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            throw new UnexpectedOpenSearchClientException(exception, []);
        }

        if (request.ThrowExceptions && response.ApiCall is { Success: false, OriginalException: { } failure } call)
            throw new OpenSearchClientException(PipelineFailure.BadResponse, failure.Message, call);
        return response;
    }

    public Task<TResponse> BulkAsync<TResponse>(
        string index, PostData body, BulkRequestParameters requestParameters = null, CancellationToken ctx = default)
        where TResponse : class, IOpenSearchResponse, new() =>
        DoRequestAsync<TResponse>(HttpMethod.POST, $"{Uri.EscapeDataString(index)}/_bulk", ctx, body, requestParameters);

    public Task<TResponse> MultiSearchAsync<TResponse>(
        string index, PostData body, MultiSearchRequestParameters requestParameters = null, CancellationToken ctx = default)
        where TResponse : class, IOpenSearchResponse, new() =>
        DoRequestAsync<TResponse>(HttpMethod.POST, $"{Uri.EscapeDataString(index)}/_msearch", ctx, body, requestParameters);

    public Task<TResponse> SearchAsync<TResponse>(
        string index, PostData body, SearchRequestParameters requestParameters = null, CancellationToken ctx = default)
        where TResponse : class, IOpenSearchResponse, new() =>
        DoRequestAsync<TResponse>(HttpMethod.POST, $"{Uri.EscapeDataString(index)}/_search", ctx, body, requestParameters);
}
