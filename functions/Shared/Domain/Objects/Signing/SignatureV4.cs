using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DomainFlow.Domain.Objects.Signing;

/// <summary>AWS Signature Version 4 for S3, as far as presigned requests need it.</summary>
/// <param name="sessionToken">Of temporary credentials; null for an access key that lasts.</param>
public sealed class SignatureV4(string accessKeyId, string secretAccessKey, string region, string? sessionToken = null)
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    public string? SessionToken { get; } = sessionToken;

    /// <summary>The time as the <c>x-amz-date</c> that is signed.</summary>
    public static string Timestamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    public string Credential(DateTimeOffset at) => $"{accessKeyId}/{Scope(at)}";

    /// <summary>Signature of a POST policy: lower-case hex over its base64.</summary>
    public string SignPolicy(string policy, DateTimeOffset at) => Sign(policy, at);

    /// <summary>The address of a GET that whoever holds it may send until it expires.</summary>
    /// <param name="resource">Address of the object, its path encoded.</param>
    /// <param name="seconds">How long it holds.</param>
    public Uri PresignGet(Uri resource, DateTimeOffset at, long seconds)
    {
        var query = string.Join('&',
        [
            $"X-Amz-Algorithm={Algorithm}",
            $"X-Amz-Credential={Uri.EscapeDataString(Credential(at))}",
            $"X-Amz-Date={Timestamp(at)}",
            string.Create(CultureInfo.InvariantCulture, $"X-Amz-Expires={seconds}"),
            .. SessionToken is null ? Array.Empty<string>() : [$"X-Amz-Security-Token={Uri.EscapeDataString(SessionToken)}"],
            "X-Amz-SignedHeaders=host",
        ]);
        var request = $"GET\n{resource.AbsolutePath}\n{query}\nhost:{resource.Authority}\n\nhost\nUNSIGNED-PAYLOAD";
        var signature = Sign($"{Algorithm}\n{Timestamp(at)}\n{Scope(at)}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(request)))}", at);
        return new Uri($"{resource.GetLeftPart(UriPartial.Path)}?{query}&X-Amz-Signature={signature}");
    }

    private static string Date(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static byte[] Hash(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private string Scope(DateTimeOffset at) => $"{Date(at)}/{region}/s3/aws4_request";

    private string Sign(string text, DateTimeOffset at)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + secretAccessKey);
        foreach (var part in new[] { Date(at), region, "s3", "aws4_request" })
            key = Hash(key, part);
        return Hex(Hash(key, text));
    }
}
