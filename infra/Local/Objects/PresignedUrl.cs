using System.Globalization;
using DomainFlow.Local.Signing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace DomainFlow.Local.Objects;

/// <summary>Checks a presigned URL: its signature over method, path, query and signed headers, and its expiry.</summary>
internal static class PresignedUrl
{
    private const string SignatureName = "X-Amz-Signature";

    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(7);

    /// <param name="rawPath">The path as the client wrote it.</param>
    public static S3Error? Check(SigV4 signer, HttpRequest request, string rawPath, DateTimeOffset now)
    {
        var query = QueryHelpers.ParseQuery(request.QueryString.Value);
        string? Parameter(string name) => query.TryGetValue(name, out var value) ? value.ToString() : null;

        if (Parameter(SignatureName) is not { } signature) return S3Error.Denied("The address is not signed");
        if (Parameter("X-Amz-Algorithm") != SigV4.Algorithm) return S3Error.BadCredential;
        var time = Parameter("X-Amz-Date");
        if (S3Error.Of(signer.Check(Parameter("X-Amz-Credential"), time)) is { } refused) return refused;
        if (!TryReadLife(time, Parameter("X-Amz-Expires"), out var expiry)) return S3Error.BadCredential;

        var signed = (Parameter("X-Amz-SignedHeaders") ?? "").Split(';');
        if (!signed.Contains("host")) return S3Error.WrongSignature;
        var canonical = CanonicalRequest.Of(request, CanonicalRequest.ObjectPath(rawPath), signed, CanonicalRequest.Unsigned, leftOut: SignatureName);
        if (!signer.IsRequestSigned(time!, canonical, signature)) return S3Error.WrongSignature;
        return expiry > now ? null : S3Error.Denied("Request has expired");
    }

    private static bool TryReadLife(string? time, string? seconds, out DateTimeOffset expiry)
    {
        expiry = default;
        if (!SigV4.TryReadTime(time, out var signedAt)) return false;
        if (!int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var life) || life < 1 || life > LongestLife.TotalSeconds) return false;
        expiry = signedAt.AddSeconds(life);
        return true;
    }
}
