using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace DomainFlow.Hosting.Http;

/// <summary>
/// An opaque cursor: a store's position, bound to the tenant and the list that it came from. It grants nothing (every read is held to
/// the tenant), so it is not signed; the binding tells a cursor from elsewhere from one of this list. A position that its reader may
/// not know goes into a <see cref="SealedCursor"/>.
/// </summary>
public static class PageCursor
{
    public static string? Write(string? position, params string?[] list) =>
        position is null ? null : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Fingerprint(list) + position));

    /// <returns>The position, or null where there is no cursor.</returns>
    /// <exception cref="ProblemException">400: the cursor is not one of this list's.</exception>
    public static string? Read(string? cursor, params string?[] list)
    {
        if (cursor is null)
        {
            return null;
        }

        var bytes = new byte[cursor.Length];
        if (cursor.Length <= 2048 && Base64Url.IsValid(cursor) && Base64Url.TryDecodeFromChars(cursor, bytes, out var count))
        {
            var text = Encoding.UTF8.GetString(bytes, 0, count);
            var fingerprint = Fingerprint(list);
            if (text.StartsWith(fingerprint, StringComparison.Ordinal))
            {
                return text[fingerprint.Length..];
            }
        }

        throw Refused();
    }

    internal static ProblemException Refused() =>
        new(Problem.Invalid("cursor", "cursor is not one that this list gave under the same filters"));

    /// <summary>What a cursor is bound to.</summary>
    internal static byte[] Digest(string?[] list) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', list.Select(l => l ?? "\u001e"))));

    private static string Fingerprint(string?[] list) => Convert.ToHexStringLower(Digest(list))[..16];
}
