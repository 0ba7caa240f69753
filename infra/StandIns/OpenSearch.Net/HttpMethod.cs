namespace OpenSearch.Net;

public enum HttpMethod
{
    GET,
    POST,
    PUT,
    DELETE,
    HEAD,
    PATCH,
}
