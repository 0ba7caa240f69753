using System.Text;

namespace DomainFlow.Domain.Search;

/// <summary>
/// Scripts whose words no blank parts (Line_Break SA and ID of the Unicode standard: Thai, Lao, Burmese, Khmer, Chinese, Japanese, ...), and
/// Hangul, whose particles stand at their words without one.
/// </summary>
internal static class UnspacedScripts
{
    private static readonly (int First, int Last)[] Ranges =
    [
        (0x0E00, 0x0EFF), // Thai, Lao
        (0x1000, 0x109F), // Burmese
        (0x1780, 0x17FF), // Khmer
        (0x1950, 0x19DF), // Tai Le, New Tai Lue
        (0x1A20, 0x1AAF), // Tai Tham
        (0x2E80, 0x2FDF), // radicals
        (0x3005, 0x3007), // ideographic iteration mark and zero
        (0x3040, 0x30FF), // Hiragana, Katakana
        (0x3100, 0x312F), // Bopomofo
        (0x31A0, 0x31BF),
        (0x31F0, 0x31FF), // small Katakana
        (0x3400, 0x4DBF), // ideographs
        (0x4E00, 0x9FFF),
        (0xA000, 0xA48F), // Yi
        (0xA9E0, 0xA9FF), // Burmese
        (0xAA60, 0xAADF), // Burmese, Tai Viet
        (0xAC00, 0xD7A3), // Hangul
        (0xF900, 0xFAFF), // ideographs
        (0xFF66, 0xFF9F), // half-width Katakana
        (0x11700, 0x1174F), // Ahom
        (0x1B000, 0x1B16F), // old Kana
        (0x20000, 0x3FFFF), // ideographs
    ];

    /// <summary>Only of what <see cref="SearchWords"/> leaves: letters and marks.</summary>
    public static bool Contains(Rune rune)
    {
        if (rune.Value < Ranges[0].First)
        {
            return false;
        }

        foreach (var (first, last) in Ranges)
        {
            if (rune.Value >= first && rune.Value <= last)
            {
                return true;
            }
        }

        return false;
    }
}
