using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using Amazon.Util;

namespace OpenSearch.Net.Auth.AwsSigV4;

/// <summary>A request in the one form of which the signature is made.</summary>
public class CanonicalRequest
{
    /// <summary>What is on the way may change these.</summary>
    private static readonly HashSet<string> Unsigned = ["user-agent", "content-length"];

    private readonly string text;

    private CanonicalRequest(string method, Uri uri, SortedDictionary<string, string> headers, string contentHash)
    {
        SignedHeaders = string.Join(';', headers.Keys);
        XAmzContentSha256 = contentHash;
        XAmzDate = headers["x-amz-date"];
        XAmzSecurityToken = headers.GetValueOrDefault("x-amz-security-token");
        var named = string.Concat(headers.Select(header => $"{header.Key}:{header.Value}\n"));
        text = $"{method}\n{Path(uri)}\n{Query(uri)}\n{named}\n{SignedHeaders}\n{contentHash}";
    }

    public string XAmzContentSha256 { get; }

    public string XAmzDate { get; }

    public string XAmzSecurityToken { get; }

    public string SignedHeaders { get; }

    public static async Task<CanonicalRequest> From(HttpRequestMessage request, ImmutableCredentials credentials, DateTime signingTime)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
        var hash = Convert.ToHexStringLower(SHA256.HashData(body));
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add(headers, request.Headers);
        Add(headers, request.Content?.Headers);
        headers["host"] = request.RequestUri.Authority;
        headers["x-amz-date"] = signingTime.ToUniversalTime().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        headers["x-amz-content-sha256"] = hash;
        if (credentials.UseToken)
            headers["x-amz-security-token"] = credentials.Token;
        return new(request.Method.Method, request.RequestUri, headers, hash);
    }

    public override string ToString() => text;

    private static void Add(SortedDictionary<string, string> signed, HttpHeaders headers)
    {
        foreach (var (name, values) in headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
        {
            var key = name.ToLowerInvariant();
            if (!Unsigned.Contains(key))
                signed[key] = string.Join(',', values.Select(OneSpace));
        }
    }

    private static string OneSpace(string value) => string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Each segment encoded once more than in the URI; segments that say nothing are left out.</summary>
    private static string Path(Uri uri)
    {
        var path = string.Join('/', uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(part => AWSSDKUtils.UrlEncode(part, false)));
        return path.Length > 0 && uri.AbsolutePath.EndsWith('/') ? $"/{path}/" : $"/{path}";
    }

    private static string Query(Uri uri) => string.Join('&', uri.Query.TrimStart('?')
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .Select(pair => (Name: Encode(pair[0]), Value: pair.Length == 2 ? Encode(pair[1]) : ""))
        .OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal)
        .Select(pair => $"{pair.Name}={pair.Value}"));

    private static string Encode(string escaped) => AWSSDKUtils.UrlEncode(Uri.UnescapeDataString(escaped.Replace('+', ' ')), false);
}
