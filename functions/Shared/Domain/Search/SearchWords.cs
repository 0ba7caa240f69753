using System.Text;

namespace DomainFlow.Domain.Search;

/// <summary>
/// Text as its words are indexed and asked for. Common Latin accents are taken off, because people leave them out; what is neither letter
/// nor digit parts words, because PostgreSQL, for one, would keep <c>Ferry/Farren</c> as a path and <c>St.Paul</c> as a host.
/// </summary>
public static class SearchWords
{
    /// <summary>
    /// Words of a question that are asked for, by every index alike: on OpenSearch each costs four clauses of the 1,024 that a query may have,
    /// on PostgreSQL a look into its index.
    /// </summary>
    public const int MaxAsked = 200;

    /// <summary>A question's words, parted by blanks. One of more than <see cref="MaxAsked"/> is cut to its first so many different ones.</summary>
    public static string Asked(string question)
    {
        var words = Of(question).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words.Length <= MaxAsked ? words : words.Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxAsked));
    }

    public static string Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Fold(rune.Value) is { } folded)
                plain.Append(folded);
            else if (Rune.IsLetterOrDigit(rune) || IsMark(rune))
                plain.Append(rune.ToString());
            else
                plain.Append(' ');
        }

        return plain.ToString();
    }

    /// <summary>Vowel signs of the Indic scripts are marks, not letters.</summary>
    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark
        or System.Globalization.UnicodeCategory.SpacingCombiningMark && rune.Value > 0x36F;

    private static string? Fold(int letter) => letter switch
    {
        >= 0x300 and <= 0x36F => "", // an accent of its own, behind its letter
        (>= 'À' and <= 'Å') or (>= 'à' and <= 'å') or (>= 'Ā' and <= 'ą') => "a",
        'Ç' or 'ç' or (>= 'Ć' and <= 'č') => "c",
        >= 'Ď' and <= 'đ' => "d",
        (>= 'È' and <= 'Ë') or (>= 'è' and <= 'ë') or (>= 'Ē' and <= 'ě') => "e",
        (>= 'Ì' and <= 'Ï') or (>= 'ì' and <= 'ï') or (>= 'Ĩ' and <= 'į') => "i",
        'Ñ' or 'ñ' or (>= 'Ń' and <= 'ň') => "n",
        (>= 'Ò' and <= 'Ö') or (>= 'ò' and <= 'ö') or 'Ø' or 'ø' or (>= 'Ō' and <= 'ő') => "o",
        >= 'Ŕ' and <= 'ř' => "r",
        >= 'Ś' and <= 'š' => "s",
        >= 'Ţ' and <= 'ŧ' => "t",
        (>= 'Ù' and <= 'Ü') or (>= 'ù' and <= 'ü') or (>= 'Ũ' and <= 'ų') => "u",
        'Ý' or 'ý' or 'ÿ' => "y",
        >= 'Ź' and <= 'ž' => "z",
        'ß' => "ss",
        'Æ' or 'æ' => "ae",
        'Œ' or 'œ' => "oe",
        _ => null,
    };
}
