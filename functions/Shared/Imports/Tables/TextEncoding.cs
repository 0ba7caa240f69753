using System.Buffers;
using System.Text;

namespace DomainFlow.Imports.Tables;

/// <summary>
/// Finds a text file's encoding: the one that is asked for, a byte order mark, zeros as UTF-16 has them, UTF-8 where the bytes are, else
/// Windows-1252, which nearly every other file of western offices is in.
/// </summary>
internal static class TextEncoding
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <returns>The encoding, and how many bytes its byte order mark takes.</returns>
    /// <exception cref="ImportException">The encoding that is asked for is not known.</exception>
    public static (Encoding Encoding, int Mark) Detect(Stream content, string? asked)
    {
        content.Position = 0;
        var head = new byte[4096];
        var length = content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var (marked, mark) = Marked(head.AsSpan(0, length));
        if (marked is not null) return (marked, mark);
        if (asked is not null) return (Named(asked), 0);
        return (Utf16(head.AsSpan(0, length)) ?? (IsUtf8(content) ? Utf8 : Windows1252()), 0);
    }

    private static (Encoding? Encoding, int Length) Marked(ReadOnlySpan<byte> head) => head switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Utf8, 3),
        [0xFF, 0xFE, 0x00, 0x00, ..] => (new UTF32Encoding(false, true), 4),
        [0x00, 0x00, 0xFE, 0xFF, ..] => (new UTF32Encoding(true, true), 4),
        [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
        [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
        _ => (null, 0),
    };

    private static Encoding Windows1252() => CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private static Encoding Named(string name)
    {
        // UTF-7 can be read as something else than it seems, and .NET no longer knows it.
        try
        {
            return name.ToLowerInvariant() is "utf-8" or "utf8" ? Utf8 : CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new ImportException($"the encoding '{name}' is not known: give one such as utf-8, utf-16 or windows-1252", ImportSettings.Encoding, e);
        }
    }

    /// <summary>Letters of ASCII have a zero in every other byte.</summary>
    private static UnicodeEncoding? Utf16(ReadOnlySpan<byte> head)
    {
        var (even, odd) = (0, 0);
        for (var i = 0; i < head.Length; i++)
        {
            if (head[i] == 0 && i % 2 == 0) even++;
            else if (head[i] == 0) odd++;
        }

        var pairs = head.Length / 2;
        return pairs == 0 ? null
            : odd > pairs / 2 && even < pairs / 8 ? new UnicodeEncoding(bigEndian: false, byteOrderMark: false)
            : even > pairs / 2 && odd < pairs / 8 ? new UnicodeEncoding(bigEndian: true, byteOrderMark: false)
            : null;
    }

    /// <summary>
    /// Whether UTF-8 explains more of the bytes that are not ASCII than it leaves: a few bad bytes make bad rows, not another encoding.
    /// </summary>
    private static bool IsUtf8(Stream content)
    {
        content.Position = 0;
        long good = 0, bad = 0;
        var buffer = new byte[64 * 1024];
        var kept = 0;
        while (true)
        {
            var read = content.Read(buffer, kept, buffer.Length - kept);
            var rest = buffer.AsSpan(0, kept + read);
            while (true)
            {
                var at = rest.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
                if (at < 0)
                {
                    rest = default;
                    break;
                }

                rest = rest[at..];
                var status = Rune.DecodeFromUtf8(rest, out _, out var used);
                if (status == OperationStatus.NeedMoreData && read > 0) break;
                if (status == OperationStatus.Done) good++;
                else bad++;
                rest = rest[used..];
            }

            if (read == 0) return bad == 0 || good > bad;
            kept = rest.Length;
            rest.CopyTo(buffer);
        }
    }
}
