using System.Globalization;
using System.Text;

namespace DomainFlow.Playbooks.Agents;

/// <summary>Text that people outside wrote.</summary>
public static class UntrustedText
{
    /// <summary>
    /// The text without invisible characters: Unicode tags (U+E0000-E007F), zero-width and other format characters (bidirectional marks
    /// among them), variation selectors, control characters but tab and line ends, lone surrogates; CR LF becomes LF. What a person reads stays.
    /// Used when a report is taken in and before text goes to a model.
    /// </summary>
    public static string Strip(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.Replace("\r\n", "\n", StringComparison.Ordinal).EnumerateRunes())
        {
            if (!IsInvisible(rune))
                clean.Append(rune.Value == '\r' ? "\n" : rune.ToString());
        }

        return clean.ToString();
    }

    private static bool IsInvisible(Rune rune) => rune.Value switch
    {
        '\t' or '\n' or '\r' => false,
        0xFFFD => true,
        >= 0xFE00 and <= 0xFE0F or >= 0xE0100 and <= 0xE01EF => true,
        0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2800 or 0x3164 or 0xFFA0 => true,
        >= 0x180B and <= 0x180F => true,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.PrivateUse,
    };
}
