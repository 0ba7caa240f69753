namespace OpenSearch.Net;

/// <summary>How a call went.</summary>
public interface IApiCallDetails
{
    HttpMethod HttpMethod { get; }

    /// <summary>Null where no answer came.</summary>
    int? HttpStatusCode { get; }

    /// <summary>Why there is no answer, or what kind of failure it is; null after a success and after a 404 to GET or HEAD.</summary>
    Exception OriginalException { get; }

    bool Success { get; }

    Uri Uri { get; }
}

public interface IOpenSearchResponse
{
    IApiCallDetails ApiCall { get; set; }
}

public abstract class OpenSearchResponseBase : IApiCallDetails, IOpenSearchResponse
{
    public IApiCallDetails ApiCall { get; set; }

    public HttpMethod HttpMethod => ApiCall.HttpMethod;

    public int? HttpStatusCode => ApiCall.HttpStatusCode;

    public Exception OriginalException => ApiCall.OriginalException;

    public bool Success => ApiCall.Success;

    public Uri Uri => ApiCall.Uri;

    internal abstract void Read(byte[] body);
}

public abstract class OpenSearchResponse<T> : OpenSearchResponseBase
{
    public T Body { get; protected internal set; }
}

/// <summary>The answer's body as it came, errors too.</summary>
public class BytesResponse : OpenSearchResponse<byte[]>
{
    internal override void Read(byte[] body) => Body = body;
}

/// <summary>The answer's body as text, errors too.</summary>
public class StringResponse : OpenSearchResponse<string>
{
    internal override void Read(byte[] body) => Body = body is null ? null : System.Text.Encoding.UTF8.GetString(body);
}

internal sealed record ApiCallDetails(HttpMethod HttpMethod, Uri Uri, int? HttpStatusCode, Exception OriginalException) : IApiCallDetails
{
    public bool Success => HttpStatusCode is >= 200 and < 300;
}
