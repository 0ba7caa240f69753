using System.Globalization;
using System.Text;

namespace DomainFlow.Domain.Unicode;

/// <summary>Code points that nobody sees in a text, and in which instructions could hide.</summary>
public static class Invisible
{
    private const int NonJoiner = 0x200C;
    private const int Joiner = 0x200D;

    /// <summary>
    /// Unicode tags (U+E0000-E007F), zero-width and other format characters (bidirectional marks among them), variation selectors, control
    /// characters but tab and line ends, what stands for nothing; joiners are asked for with <see cref="IsJoiner"/>.
    /// </summary>
    public static bool Is(Rune rune) => rune.Value switch
    {
        < 0x7F => rune.Value < ' ' && rune.Value is not ('\t' or '\n' or '\r'),
        NonJoiner or Joiner => false,
        0xFFFD => true,
        >= 0xFE00 and <= 0xFE0F or >= 0xE0100 and <= 0xE01EF => true,
        0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2800 or 0x3164 or 0xFFA0 => true,
        >= 0x180B and <= 0x180F => true,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.PrivateUse,
    };

    /// <summary>U+200C and U+200D: meaning between two letters or two emoji, invisible elsewhere.</summary>
    public static bool IsJoiner(Rune rune) => rune.Value is NonJoiner or Joiner;

    /// <summary>What a joiner may join: letters with their marks, emoji.</summary>
    public static bool IsJoinable(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.OtherSymbol => true,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => true,
        UnicodeCategory.ModifierSymbol => rune.Value is >= 0x1F3FB and <= 0x1F3FF,
        // Arrows that are emoji.
        UnicodeCategory.MathSymbol => rune.Value is >= 0x2190 and <= 0x21FF,
        _ => Rune.IsLetter(rune),
    };
}
