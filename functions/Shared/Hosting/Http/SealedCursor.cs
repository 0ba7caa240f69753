using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace DomainFlow.Hosting.Http;

/// <summary>
/// An opaque cursor whose position is nobody's business: encrypted, and bound to the tenant and the list that it came from. One position
/// of a list always has the same text, so that an unchanged answer keeps its entity tag.
/// </summary>
public static class SealedCursor
{
    private const int TagLength = 16;
    private const int MaxLength = 2048;
    private static readonly int NonceLength = AesGcm.NonceByteSizes.MaxSize;

    /// <param name="secret">The key that all processes share; at least 32 bytes.</param>
    public static string Write(string position, ReadOnlySpan<byte> secret, params string?[] list)
    {
        var plain = Encoding.UTF8.GetBytes(position);
        var bound = PageCursor.Digest(list);
        // Made of what is sealed, with a key of its own: two positions never share one.
        byte[] sealedText = [.. bound, .. plain];
        var nonce = HMACSHA256.HashData(Key(secret, "nonce"), sealedText)[..NonceLength];
        var (tag, cipher) = (new byte[TagLength], new byte[plain.Length]);
        using var aes = new AesGcm(Key(secret, "seal"), TagLength);
        aes.Encrypt(nonce, plain, cipher, tag, bound);
        return Base64Url.EncodeToString([.. nonce, .. tag, .. cipher]);
    }

    /// <returns>The position, or null where there is no cursor.</returns>
    /// <exception cref="ProblemException">400: the cursor is not one of this list's, or not as it was given.</exception>
    public static string? Read(string? cursor, ReadOnlySpan<byte> secret, params string?[] list)
    {
        if (cursor is null)
        {
            return null;
        }

        // The last character has bits that carry nothing: only the text that was given out is good.
        if (cursor.Length > MaxLength || !Base64Url.IsValid(cursor) || Base64Url.DecodeFromChars(cursor) is not { } bytes
            || bytes.Length < NonceLength + TagLength || Base64Url.EncodeToString(bytes) != cursor)
        {
            throw PageCursor.Refused();
        }

        var (nonce, tag, cipher) = (bytes[..NonceLength], bytes[NonceLength..(NonceLength + TagLength)], bytes[(NonceLength + TagLength)..]);
        var plain = new byte[cipher.Length];
        using var aes = new AesGcm(Key(secret, "seal"), TagLength);
        try
        {
            aes.Decrypt(nonce, cipher, tag, plain, PageCursor.Digest(list));
        }
        catch (AuthenticationTagMismatchException)
        {
            throw PageCursor.Refused();
        }

        return Encoding.UTF8.GetString(plain);
    }

    private static byte[] Key(ReadOnlySpan<byte> secret, string purpose)
    {
        var key = new byte[32];
        HKDF.Expand(HashAlgorithmName.SHA256, secret, key, Encoding.UTF8.GetBytes($"cursor {purpose}"));
        return key;
    }
}
