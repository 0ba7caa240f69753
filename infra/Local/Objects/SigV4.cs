using System.Security.Cryptography;
using System.Text;

namespace DomainFlow.Local.Objects;

/// <summary>The store's one access key, from the file that the functions sign with too: id, then secret.</summary>
internal sealed record ObjectsKey(string Id, string Secret)
{
    /// <summary>Reads the state folder's key, or makes it.</summary>
    public static ObjectsKey Open(string stateFolder)
    {
        var path = StateFiles.ObjectsKey(stateFolder);
        var text = StateFiles.ReadOrMake(path, () =>
            $"LOCAL{RandomNumberGenerator.GetHexString(15)}\n{Convert.ToBase64String(RandomNumberGenerator.GetBytes(30))}\n");
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [var id, var secret]
            ? new ObjectsKey(id, secret)
            : throw new HostException($"{path} does not hold an id and a secret, one a line");
    }

    /// <summary>Without the secret, so that no log line can carry it.</summary>
    public override string ToString() => Id;
}

/// <summary>Checks AWS signatures, version 4, for the service s3.</summary>
internal static class SigV4
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    public const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>Whether the credential names this key, the day, this region and s3; the error otherwise.</summary>
    public static S3Error? CheckCredential(ObjectsKey key, string? credential, string? time)
    {
        if (credential?.Split('/') is not [var id, var date, LocalNames.Region, "s3", "aws4_request"]) return S3Error.BadCredential;
        if (id != key.Id) return S3Error.UnknownKey;
        return time?.StartsWith(date + "T", StringComparison.Ordinal) == true ? null : S3Error.BadCredential;
    }

    /// <param name="day">yyyyMMdd, as in the credential.</param>
    public static bool IsSigned(ObjectsKey key, string day, string text, string? signature)
    {
        var signing = Encoding.UTF8.GetBytes("AWS4" + key.Secret);
        foreach (var step in (string[])[day, LocalNames.Region, "s3", "aws4_request"]) signing = HMACSHA256.HashData(signing, Encoding.UTF8.GetBytes(step));
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(signing, Encoding.UTF8.GetBytes(text)));
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(signature ?? ""));
    }

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
