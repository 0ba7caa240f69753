using DomainFlow.Local.Gateway;
using DomainFlow.Local.Web;
using Microsoft.AspNetCore.Http;

namespace DomainFlow.Local.Signing;

/// <summary>
/// A request to one of the host's endpoints for its operator, signed in its headers with the operator's key for the service lambda.
/// Other users of the machine do not have the key, and web pages do not either.
/// </summary>
internal sealed class SignedRequest(AccessKey key, TimeProvider clock)
{
    /// <summary>How far the signed time may be from this machine's, as on AWS.</summary>
    private static readonly TimeSpan LargestSkew = TimeSpan.FromMinutes(5);

    private readonly SigV4 signer = new(key, LocalNames.OperatorService);

    /// <summary>Reads the body and verifies the signature over all of the request.</summary>
    /// <returns>The body, or why the request is refused.</returns>
    public async Task<(byte[]? Body, Refusal? Refused)> ReadAsync(HttpContext context, int maxBytes)
    {
        if (Parse(context.Request.Headers.Authorization.ToString()) is not { } header)
            return (null, new(403, "MissingAuthenticationTokenException", "Missing Authentication Token: sign with the key that ./run credentials prints"));
        if (CheckHeader(context.Request, header) is { } refused) return (null, refused);
        if (await Bodies.ReadAsync(context.Request, maxBytes) is not { } body)
            return (null, new(413, "RequestTooLargeException", $"Request must be smaller than {maxBytes} bytes for the InvokeFunction operation"));
        var path = CanonicalRequest.ServicePath(ProxyEvent.RawPath(context));
        var canonical = CanonicalRequest.Of(context.Request, path, header.SignedHeaders, SigV4.Hash(body));
        return signer.IsRequestSigned(Time(context.Request), canonical, header.Signature)
            ? (body, null)
            : (null, new(403, "InvalidSignatureException", "The request signature we calculated does not match the signature you provided"));
    }

    /// <summary>Everything but the signature itself, so that a body is read for the holder of a key id alone.</summary>
    private Refusal? CheckHeader(HttpRequest request, Header header)
    {
        switch (signer.Check(header.Credential, Time(request)))
        {
            case CredentialCheck.UnknownKey:
                return new(403, "UnrecognizedClientException", "The access key id is not known here: ./run credentials prints the one that is");
            case CredentialCheck.WrongScope:
                return new(403, "InvalidSignatureException",
                    $"The credential must be ID/yyyymmdd/{LocalNames.Region}/{signer.Service}/aws4_request, of the day of X-Amz-Date");
        }

        if (request.Headers.ContainsKey("x-amz-security-token"))
            return new(403, "UnrecognizedClientException", "This machine's key has no session token: unset AWS_SESSION_TOKEN");
        if (!SigV4.TryReadTime(Time(request), out var time) || (clock.GetUtcNow() - time).Duration() > LargestSkew)
            return new(403, "InvalidSignatureException", "Signature expired, or X-Amz-Date is not the time of this machine");
        var unsigned = request.Headers.Keys.Select(name => name.ToLowerInvariant())
            .Where(name => name.StartsWith("x-amz-", StringComparison.Ordinal)).Append("host").Except(header.SignedHeaders).FirstOrDefault();
        return unsigned is null ? null : new(403, "InvalidSignatureException", $"The header {unsigned} must be a signed header");
    }

    private static string Time(HttpRequest request) => request.Headers["x-amz-date"].ToString();

    private static Header? Parse(string authorization)
    {
        if (!authorization.StartsWith(SigV4.Algorithm + " ", StringComparison.Ordinal)) return null;
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in authorization[SigV4.Algorithm.Length..].Split(',', StringSplitOptions.TrimEntries))
        {
            if (part.IndexOf('=', StringComparison.Ordinal) is not (> 0 and var at) || !parts.TryAdd(part[..at], part[(at + 1)..])) return null;
        }

        return parts.TryGetValue("Credential", out var credential) && parts.TryGetValue("SignedHeaders", out var headers)
            && parts.TryGetValue("Signature", out var signature) ? new Header(credential, headers.Split(';'), signature) : null;
    }

    public sealed record Refusal(int Status, string Type, string Message);

    private sealed record Header(string Credential, string[] SignedHeaders, string Signature);
}
