using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DomainFlow.Local.Signing;

/// <summary>AWS signatures, version 4, for one access key and one service of this machine's region: made and verified.</summary>
internal sealed class SigV4(AccessKey key, string service)
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    public string Service => service;

    public static string Timestamp(DateTimeOffset at) => at.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    public static bool TryReadTime(string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    public static string Hash(string text) => Hash(Encoding.UTF8.GetBytes(text));

    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <param name="day">yyyyMMdd, the begin of the time that is signed.</param>
    public string Credential(string day) => $"{key.Id}/{Scope(day)}";

    /// <summary>Whether the credential names this key, the day of the time, this region and the service.</summary>
    /// <param name="time">The time that is signed.</param>
    public CredentialCheck Check(string? credential, string? time)
    {
        if (credential?.Split('/') is not [var id, var day, LocalNames.Region, var named, "aws4_request"] || named != service) return CredentialCheck.WrongScope;
        if (id != key.Id) return CredentialCheck.UnknownKey;
        return TryReadTime(time, out _) && time!.StartsWith(day + "T", StringComparison.Ordinal) ? CredentialCheck.Valid : CredentialCheck.WrongScope;
    }

    /// <summary>Signature of a canonical request.</summary>
    public string SignRequest(string time, string canonicalRequest) =>
        Sign(time[..8], string.Join('\n', Algorithm, time, Scope(time[..8]), Hash(canonicalRequest)));

    public bool IsRequestSigned(string time, string canonicalRequest, string? signature) => AreEqual(SignRequest(time, canonicalRequest), signature);

    /// <summary>Whether the text itself is signed, as the policy of an upload is.</summary>
    public bool IsTextSigned(string day, string text, string? signature) => AreEqual(Sign(day, text), signature);

    private static bool AreEqual(string expected, string? signature) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(signature ?? ""));

    private string Scope(string day) => $"{day}/{LocalNames.Region}/{service}/aws4_request";

    private string Sign(string day, string text)
    {
        var signing = Encoding.UTF8.GetBytes("AWS4" + key.Secret);
        foreach (var step in (string[])[day, LocalNames.Region, service, "aws4_request"]) signing = HMACSHA256.HashData(signing, Encoding.UTF8.GetBytes(step));
        return Convert.ToHexStringLower(HMACSHA256.HashData(signing, Encoding.UTF8.GetBytes(text)));
    }
}
