using System.Text;

namespace DomainFlow.Domain.Unicode;

/// <summary>
/// Unicode's normalisation form C: letters and their accents composed, so that one text has one form. The runtime's own Normalize does nothing
/// under invariant globalization.
/// </summary>
public static class Nfc
{
    /// <summary>Every code point below composes with nothing before it and is composed itself.</summary>
    private const char FirstThatMayChange = '\u0300';

    /// <summary>The composed text; the very same string where that is what it is already.</summary>
    /// <param name="text">Half of a surrogate pair in it becomes U+FFFD where anything else changes.</param>
    public static string Of(string text)
    {
        if (!MayChange(text))
        {
            return text;
        }

        var table = CompositionTable.Instance;
        var codes = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            table.Decompose(rune.Value, codes);
        }

        Reorder(codes, table);
        Compose(codes, table);
        var composed = new StringBuilder(codes.Count);
        Span<char> units = stackalloc char[2];
        foreach (var code in codes)
        {
            composed.Append(units[..new Rune(code).EncodeToUtf16(units)]);
        }

        var result = composed.ToString();
        return result == text ? text : result;
    }

    /// <summary>The code point that the canonical decomposition of this one begins with; itself where it has none.</summary>
    internal static int FirstOf(int code)
    {
        var codes = new List<int>(3);
        CompositionTable.Instance.Decompose(code, codes);
        return codes[0];
    }

    private static bool MayChange(string text)
    {
        if (text.AsSpan().IndexOfAnyExceptInRange('\0', (char)(FirstThatMayChange - 1)) < 0)
        {
            return false;
        }

        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value >= FirstThatMayChange && CompositionTable.Instance.MayChange(rune.Value))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Sorts each run of marks by combining class; marks of one class keep their order.</summary>
    private static void Reorder(List<int> codes, CompositionTable table)
    {
        for (var start = 0; start < codes.Count; start++)
        {
            if (table.ClassOf(codes[start]) == 0)
            {
                continue;
            }

            var end = start + 1;
            while (end < codes.Count && table.ClassOf(codes[end]) != 0)
            {
                end++;
            }

            if (end - start > 1)
            {
                int[] sorted = [.. codes.GetRange(start, end - start).OrderBy(table.ClassOf)];
                sorted.CopyTo(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(codes)[start..end]);
            }

            start = end;
        }
    }

    /// <summary>Joins to each starter what follows it and is not blocked by a mark of the same class or a higher one.</summary>
    private static void Compose(List<int> codes, CompositionTable table)
    {
        var (kept, starter, lastClass) = (0, -1, 0);
        for (var i = 0; i < codes.Count; i++)
        {
            var code = codes[i];
            var combining = table.ClassOf(code);
            var isAdjacent = starter == kept - 1;
            if (starter >= 0 && (isAdjacent || (lastClass < combining && lastClass != 0)) && table.Compose(codes[starter], code) is { } composite)
            {
                codes[starter] = composite;
                continue;
            }

            if (combining == 0)
            {
                starter = kept;
            }

            lastClass = combining;
            codes[kept++] = code;
        }

        codes.RemoveRange(kept, codes.Count - kept);
    }
}
