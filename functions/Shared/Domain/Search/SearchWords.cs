using System.Globalization;
using System.Text;
using DomainFlow.Domain.Unicode;

namespace DomainFlow.Domain.Search;

/// <summary>
/// Text as its words are indexed and asked for, by every list and search and on every store alike: composed, in lower case, without what is
/// invisible and without Latin accents, because people leave them out. What is neither letter nor digit parts words, because PostgreSQL, for
/// one, would keep <c>Ferry/Farren</c> as a path and <c>St.Paul</c> as a host. Scripts that set no blanks between words are indexed by their
/// pairs of syllables or ideographs: whatever part of such a text is asked for, its pairs stand side by side in it.
/// </summary>
public static class SearchWords
{
    /// <summary>Counts the ways in which words were ever made: what was indexed by another one is made anew.</summary>
    public const short Release = 2;

    /// <summary>
    /// Words of a question that are asked for, by every index alike: on OpenSearch each costs four clauses of the 1,024 that a query may have,
    /// on PostgreSQL a look into its index.
    /// </summary>
    public const int MaxAsked = 200;

    /// <summary>A question's words, parted by blanks. One of more than <see cref="MaxAsked"/> is cut to its first so many different ones.</summary>
    public static string Asked(string question)
    {
        var words = Of(question);
        return string.Join(' ', words.Count <= MaxAsked ? words : words.Distinct().Take(MaxAsked));
    }

    /// <summary>
    /// A document's words in their order, parted by blanks; behind them the single syllables or ideographs that its pairs are made of, so that
    /// one alone is found as well.
    /// </summary>
    public static string OfDocument(string text)
    {
        var words = new List<string>();
        var singles = new HashSet<string>();
        Read(Folded(text), words, singles);
        return string.Join(' ', words.Concat(singles));
    }

    /// <summary>Words in the order in which they stand.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        var words = new List<string>();
        Read(Folded(text), words, []);
        return words;
    }

    /// <summary>Whether this is one syllable or ideograph of a script without blanks, which documents hold behind their pairs.</summary>
    public static bool IsSingle(string word) =>
        Rune.GetRuneAt(word, 0) is var first && UnspacedScripts.Contains(first) && word.EnumerateRunes().Skip(1).All(IsMark);

    private static void Read(string folded, List<string> words, HashSet<string> singles)
    {
        foreach (var part in folded.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var start = 0;
            for (var at = 0; at <= part.Length;)
            {
                var isRun = at < part.Length && UnspacedScripts.Contains(Rune.GetRuneAt(part, at));
                if (at < part.Length && !isRun)
                {
                    at += Rune.GetRuneAt(part, at).Utf16SequenceLength;
                    continue;
                }

                if (at > start)
                {
                    words.Add(part[start..at]);
                }

                if (!isRun)
                {
                    break;
                }

                start = at = AddPairs(part, at, words, singles);
            }
        }
    }

    /// <summary>The pairs of a run of a script without blanks; of a run of one, that one.</summary>
    /// <returns>Where the run ends.</returns>
    private static int AddPairs(string part, int start, List<string> words, HashSet<string> singles)
    {
        var (before, from, to) = (-1, start, EndOfSyllable(part, start));
        while (true)
        {
            if (before >= 0)
            {
                words.Add(part[before..to]);
            }

            var hasNext = to < part.Length && UnspacedScripts.Contains(Rune.GetRuneAt(part, to));
            if (before < 0 && !hasNext)
            {
                words.Add(part[from..to]);
                return to;
            }

            singles.Add(part[from..to]);
            if (!hasNext)
            {
                return to;
            }

            (before, from, to) = (from, to, EndOfSyllable(part, to));
        }
    }

    private static int EndOfSyllable(string part, int start)
    {
        var end = start + Rune.GetRuneAt(part, start).Utf16SequenceLength;
        while (end < part.Length && Rune.GetRuneAt(part, end) is var rune && IsMark(rune))
        {
            end += rune.Utf16SequenceLength;
        }

        return end;
    }

    private static string Folded(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in Nfc.Of(text).EnumerateRunes())
        {
            if (Invisible.Is(rune) || Invisible.IsJoiner(rune) || rune.Value is >= 0x300 and <= 0x36F)
            {
                continue; // Among them what is left of accents that no letter composes with.
            }

            Append(plain, Rune.ToLowerInvariant(Narrow(rune)));
        }

        return plain.ToString();
    }

    private static void Append(StringBuilder plain, Rune rune)
    {
        if (Spelled(rune.Value) is { } spelled)
        {
            plain.Append(spelled);
        }
        else if (Rune.IsDigit(rune))
        {
            plain.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
        }
        else if (Rune.IsLetterOrDigit(rune) || IsMark(rune))
        {
            plain.Append(LatinBase(rune) is { } letter ? letter.ToString() : rune.ToString());
        }
        else
        {
            plain.Append(' ');
        }
    }

    /// <summary>Vowel signs of the Indic scripts are marks, not letters.</summary>
    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Full-width letters and digits, as Chinese and Japanese keyboards write them.</summary>
    private static Rune Narrow(Rune rune) => rune.Value is >= 0xFF01 and <= 0xFF5E ? new(rune.Value - 0xFF01 + '!') : rune;

    /// <summary>The ASCII letter that a Latin letter with accents decomposes into.</summary>
    private static char? LatinBase(Rune rune) =>
        rune.Value is (>= 0xC0 and < 0x250) or (>= 0x1E00 and < 0x1F00) && Nfc.FirstOf(rune.Value) is >= 'A' and <= 'z' and var letter ? char.ToLowerInvariant((char)letter) : null;

    /// <summary>Letters that decompose into nothing and are spelled otherwise where a keyboard lacks them.</summary>
    private static string? Spelled(int letter) => letter switch
    {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' or 'ð' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ł' => "l",
        'ŧ' => "t",
        'ı' => "i",
        'ς' => "σ",
        _ => null,
    };
}
