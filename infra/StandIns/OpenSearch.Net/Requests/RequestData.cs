namespace OpenSearch.Net;

/// <summary>One request as a connection sends it.</summary>
public class RequestData
{
    public const string MimeType = "application/json";

    internal RequestData(HttpMethod method, string path, PostData data, IConnectionConfigurationValues settings, IRequestParameters parameters)
    {
        ConnectionSettings = settings;
        Method = method;
        PostData = data;
        PathAndQuery = WithQuery(path, parameters);
    }

    public IConnectionConfigurationValues ConnectionSettings { get; }

    public bool HttpCompression => ConnectionSettings.EnableHttpCompression;

    public HttpMethod Method { get; }

    public string PathAndQuery { get; }

    public PostData PostData { get; }

    public TimeSpan RequestTimeout => ConnectionSettings.RequestTimeout;

    public bool ThrowExceptions => ConnectionSettings.ThrowExceptions;

    public Uri Uri => new(ConnectionSettings.ConnectionPool.Nodes.First().Uri, PathAndQuery);

    public override string ToString() => $"{Method} {PathAndQuery}";

    private static string WithQuery(string path, IRequestParameters parameters)
    {
        if (path.Contains('?', StringComparison.Ordinal))
            throw new ArgumentException("The path holds a query string; parameters take that.", nameof(path));
        return parameters is { QueryString.Count: > 0 } ? $"{path}?{string.Join('&', parameters.QueryString.Select(Pair))}" : path;
    }

    private static string Pair(KeyValuePair<string, object> parameter) =>
        $"{Uri.EscapeDataString(parameter.Key)}={Uri.EscapeDataString(Text(parameter.Value))}";

    private static string Text(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        string[] list => string.Join(',', list),
        Refresh.WaitFor => "wait_for",
        Refresh.True => "true",
        Refresh.False => "false",
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
    };
}
