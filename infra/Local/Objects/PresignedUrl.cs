using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace DomainFlow.Local.Objects;

/// <summary>Checks a presigned URL: its signature over method, path, query and signed headers, and its expiry.</summary>
internal static class PresignedUrl
{
    private const string SignatureName = "X-Amz-Signature";

    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(7);

    /// <param name="rawPath">The path as the client wrote it.</param>
    public static S3Error? Check(ObjectsKey key, HttpRequest request, string rawPath, DateTimeOffset now)
    {
        var query = QueryHelpers.ParseQuery(request.QueryString.Value);
        string? Parameter(string name) => query.TryGetValue(name, out var value) ? value.ToString() : null;

        if (Parameter(SignatureName) is not { } signature) return S3Error.Denied("The address is not signed");
        if (Parameter("X-Amz-Algorithm") != SigV4.Algorithm) return S3Error.BadCredential;
        if (Parameter("X-Amz-Date") is not { } time || SigV4.CheckCredential(key, Parameter("X-Amz-Credential"), time) is not null)
            return SigV4.CheckCredential(key, Parameter("X-Amz-Credential"), Parameter("X-Amz-Date"));
        if (!TryReadLife(time, Parameter("X-Amz-Expires"), out var expiry)) return S3Error.BadCredential;

        var signed = (Parameter("X-Amz-SignedHeaders") ?? "").Split(';');
        if (!signed.Contains("host")) return S3Error.WrongSignature;
        var text = string.Join('\n', SigV4.Algorithm, time, $"{time[..8]}/{LocalNames.Region}/s3/aws4_request",
            SigV4.Hash(Canonical(request, rawPath, query, signed)));
        if (!SigV4.IsSigned(key, time[..8], text, signature)) return S3Error.WrongSignature;
        return expiry > now ? null : S3Error.Denied("Request has expired");
    }

    private static bool TryReadLife(string time, string? seconds, out DateTimeOffset expiry)
    {
        expiry = default;
        if (!DateTimeOffset.TryParseExact(time, SigV4.TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signedAt)) return false;
        if (!int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var life) || life < 1 || life > LongestLife.TotalSeconds) return false;
        expiry = signedAt.AddSeconds(life);
        return true;
    }

    private static string Canonical(
        HttpRequest request, string rawPath, Dictionary<string, Microsoft.Extensions.Primitives.StringValues> query, string[] signed)
    {
        var path = string.Join('/', rawPath.Split('/').Select(segment => Uri.EscapeDataString(Uri.UnescapeDataString(segment))));
        var parameters = query.Where(pair => pair.Key != SignatureName)
            .SelectMany(pair => pair.Value.Select(value => (Name: Uri.EscapeDataString(pair.Key), Value: Uri.EscapeDataString(value ?? ""))))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(pair => $"{pair.Name}={pair.Value}");
        var headers = signed.Select(name => $"{name}:{(name == "host" ? request.Host.Value : request.Headers[name].ToString().Trim())}\n");
        return string.Join('\n', request.Method, path, string.Join('&', parameters), string.Concat(headers), string.Join(';', signed), "UNSIGNED-PAYLOAD");
    }
}
