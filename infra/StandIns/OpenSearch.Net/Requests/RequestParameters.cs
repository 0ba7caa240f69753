namespace OpenSearch.Net;

public interface IRequestParameters
{
    HttpMethod DefaultHttpMethod { get; }

    Dictionary<string, object> QueryString { get; set; }
}

/// <summary>The query string of a call.</summary>
public abstract class RequestParameters<T> : IRequestParameters
    where T : RequestParameters<T>
{
    public abstract HttpMethod DefaultHttpMethod { get; }

    public Dictionary<string, object> QueryString { get; set; } = [];

    public bool ContainsQueryString(string name) => QueryString.ContainsKey(name);

    /// <param name="value">Null takes the parameter away.</param>
    public void SetQueryString(string name, object value)
    {
        if (value is null)
            QueryString.Remove(name);
        else
            QueryString[name] = value;
    }

    protected TOut Q<TOut>(string name) => QueryString.TryGetValue(name, out var value) ? (TOut)value : default;

    protected void Q(string name, object value) => SetQueryString(name, value);
}

public enum Refresh
{
    False,
    True,
    WaitFor,
}

public class BulkRequestParameters : RequestParameters<BulkRequestParameters>
{
    public override HttpMethod DefaultHttpMethod => HttpMethod.POST;

    public Refresh? Refresh
    {
        get => Q<Refresh?>("refresh");
        set => Q("refresh", value);
    }
}

public class MultiSearchRequestParameters : RequestParameters<MultiSearchRequestParameters>
{
    public override HttpMethod DefaultHttpMethod => HttpMethod.POST;
}

public class SearchRequestParameters : RequestParameters<SearchRequestParameters>
{
    public override HttpMethod DefaultHttpMethod => HttpMethod.POST;

    public bool? AllowPartialSearchResults
    {
        get => Q<bool?>("allow_partial_search_results");
        set => Q("allow_partial_search_results", value);
    }

    public string[] Routing
    {
        get => Q<string[]>("routing");
        set => Q("routing", value);
    }
}
