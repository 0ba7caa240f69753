using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace DomainFlow.Local.Signing;

/// <summary>The canonical form of a received request, over which a version 4 signature is made.</summary>
internal static class CanonicalRequest
{
    public const string Unsigned = "UNSIGNED-PAYLOAD";

    /// <param name="path">The path as the service wants it encoded: once for s3, twice for all others.</param>
    /// <param name="signedHeaders">Names of the signed headers, as the client gave them.</param>
    /// <param name="leftOut">A query parameter that is not signed: the signature itself.</param>
    public static string Of(HttpRequest request, string path, string[] signedHeaders, string payloadHash, string? leftOut = null)
    {
        var parameters = QueryHelpers.ParseQuery(request.QueryString.Value).Where(pair => pair.Key != leftOut)
            .SelectMany(pair => pair.Value.Select(value => (Name: Uri.EscapeDataString(pair.Key), Value: Uri.EscapeDataString(value ?? ""))))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(pair => $"{pair.Name}={pair.Value}");
        var headers = signedHeaders.Select(name => $"{name}:{Value(request, name)}\n");
        return string.Join('\n', request.Method, path, string.Join('&', parameters), string.Concat(headers), string.Join(';', signedHeaders), payloadHash);
    }

    /// <summary>Each segment encoded once, whatever the client encoded.</summary>
    public static string ObjectPath(string rawPath) =>
        string.Join('/', rawPath.Split('/').Select(segment => Uri.EscapeDataString(Uri.UnescapeDataString(segment))));

    /// <summary>What was sent, which is encoded already, encoded once more.</summary>
    public static string ServicePath(string rawPath) => string.Join('/', rawPath.Split('/').Select(Uri.EscapeDataString));

    private static string Value(HttpRequest request, string name) =>
        name == "host" ? request.Host.Value ?? "" : string.Join(' ', request.Headers[name].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
