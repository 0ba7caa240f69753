namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The Runtime API refused a call. The process cannot go on.</summary>
public class RuntimeApiClientException(
    string message,
    int statusCode,
    string response,
    Dictionary<string, IEnumerable<string>> headers,
    Exception innerException)
    : Exception(message, innerException)
{
    /// <summary>The HTTP status.</summary>
    public int StatusCode { get; } = statusCode;

    /// <summary>The body.</summary>
    public string Response { get; } = response;

    /// <summary>The headers.</summary>
    public Dictionary<string, IEnumerable<string>> Headers { get; } = headers;

    /// <inheritdoc/>
    public override string ToString() => $"HTTP response {StatusCode}: {Response}\n{base.ToString()}";
}
