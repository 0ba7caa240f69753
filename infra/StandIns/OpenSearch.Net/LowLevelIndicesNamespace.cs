namespace OpenSearch.Net.Specification.IndicesApi;

/// <summary>Calls about indexes themselves.</summary>
public class LowLevelIndicesNamespace
{
    private readonly OpenSearchLowLevelClient client;

    internal LowLevelIndicesNamespace(OpenSearchLowLevelClient client) => this.client = client;

    public Task<TResponse> CreateAsync<TResponse>(
        string index, PostData body, CreateIndexRequestParameters requestParameters = null, CancellationToken ctx = default)
        where TResponse : class, IOpenSearchResponse, new() =>
        client.DoRequestAsync<TResponse>(HttpMethod.PUT, Uri.EscapeDataString(index), ctx, body, requestParameters);

    public Task<TResponse> DeleteAsync<TResponse>(string index, DeleteIndexRequestParameters requestParameters = null, CancellationToken ctx = default)
        where TResponse : class, IOpenSearchResponse, new() =>
        client.DoRequestAsync<TResponse>(HttpMethod.DELETE, Uri.EscapeDataString(index), ctx, null, requestParameters);

    public Task<TResponse> GetAsync<TResponse>(string index, GetIndexRequestParameters requestParameters = null, CancellationToken ctx = default)
        where TResponse : class, IOpenSearchResponse, new() =>
        client.DoRequestAsync<TResponse>(HttpMethod.GET, Uri.EscapeDataString(index), ctx, null, requestParameters);

    public Task<TResponse> RefreshAsync<TResponse>(string index, RefreshRequestParameters requestParameters = null, CancellationToken ctx = default)
        where TResponse : class, IOpenSearchResponse, new() =>
        client.DoRequestAsync<TResponse>(HttpMethod.POST, $"{Uri.EscapeDataString(index)}/_refresh", ctx, null, requestParameters);
}

public class CreateIndexRequestParameters : RequestParameters<CreateIndexRequestParameters>
{
    public override HttpMethod DefaultHttpMethod => HttpMethod.PUT;
}

public class DeleteIndexRequestParameters : RequestParameters<DeleteIndexRequestParameters>
{
    public override HttpMethod DefaultHttpMethod => HttpMethod.DELETE;
}

public class GetIndexRequestParameters : RequestParameters<GetIndexRequestParameters>
{
    public override HttpMethod DefaultHttpMethod => HttpMethod.GET;
}

public class RefreshRequestParameters : RequestParameters<RefreshRequestParameters>
{
    public override HttpMethod DefaultHttpMethod => HttpMethod.POST;
}
