using System.Globalization;
using DomainFlow.Playbooks.Language;

namespace DomainFlow.Playbooks.Places;

/// <summary>
/// The house number beside a street's name, before or behind it: 204, 12b, 12 B, 12-B, 62½, 62 1/2, 56-110, 1,062. A year, a day of a month or a
/// count is none.
/// </summary>
internal static class HouseNumbers
{
    private const int MostDigits = 6;
    private const int LastDayOfMonth = 31;
    private const int LongestRange = 400;

    /// <summary>A number so small before a noun may count what follows: "Hauptstraße 2 Laternen".</summary>
    private const int Countable = 12;

    private static readonly HashSet<string> YearSigns =
        [.. "in since by until till during after before of from im seit bis vor nach en desde hasta depuis dal nel dans em sinds sommer summer winter spring fall".Split(' ')];

    private static readonly HashSet<string> NumberSigns = [.. "no nr nº n° num numero numeri number hausnummer huisnummer nummer n".Split(' ')];

    private static readonly HashSet<string> Units =
        [.. ("m km cm meter metres meters metros metri uhr h min minuten minutes minutos minuti stunden stunde hours hour hrs horas hora ore uur tage tag tagen days day dias dia giorni "
            + "dagen woche wochen weeks week semanas settimane weken monate monaten months month meses mesi jahre jahren years year anos anni jaar pm am times mal veces volte "
            + "people personen personas persone euro euros dollars").Split(' ')];

    /// <summary>A house number and what it stands for.</summary>
    /// <param name="Value">The number without letters; the middle of a range, on its first one's side.</param>
    public sealed record Found(int Start, int End, string Text, int Value);

    /// <summary>Digits, perhaps with a letter or a fraction behind them.</summary>
    public static bool IsNumber(string word) => Digits(word) is > 0 and <= MostDigits and var digits
        && (digits == word.Length || (digits == word.Length - 1 && (word[^1] is >= 'a' and <= 'z' || IsFraction(word[^1])))
            || word.AsSpan(digits) is "bis" or "ter");

    /// <summary>The number before a street: "204 Chapel Street", "1,062 Beacon Street".</summary>
    /// <param name="first">The street's first word.</param>
    public static Found? Before(string text, List<Word> words, int first)
    {
        var last = first - 1;
        if (last < 0 || Gap(text, words, first).Trim(' ') is not ("" or ","))
            return null;
        var isParted = Gap(text, words, first).Contains(',');
        if (IsHouseLetter(words[last]) && last > 0 && Gap(text, words, last) is " " or "-" or "" && !isParted)
            last--;
        var number = Fraction(text, words, last) ?? last;
        if (number < 0 || !IsNumber(words[number].Lower) || !Touches(text, words[number].Start))
            return null;
        if (Thousands(text, words, number) is { } group)
            return Make(text, words[number - 1].Start, words[first - 1].End, group);
        if (IsNoHouse(text, words, number, isParted))
            return null;
        var value = Value(words[number].Lower);
        if (number > 0 && IsNumber(words[number - 1].Lower) && Gap(text, words, number).Trim(' ') is "-" or "–" or "&" && Touches(text, words[number - 1].Start))
            return Make(text, words[number - 1].Start, words[first - 1].End, Middle(Value(words[number - 1].Lower), value));
        return Make(text, words[number].Start, words[first - 1].End, value);
    }

    /// <summary>The number behind a street: "Hauptstraße 40a", "Calle Mayor, nº 12", "Kerkstraat 12-14".</summary>
    /// <param name="last">The street's last word.</param>
    /// <param name="isUsual">Whether the street's language writes it there; elsewhere only the end of a clause may follow.</param>
    public static Found? After(string text, List<Word> words, int last, bool isUsual)
    {
        var number = last + 1;
        var isMarked = false;
        if (number < words.Count && NumberSigns.Contains(words[number].Lower) && isUsual)
            (number, isMarked) = (number + 1, true);
        if (number >= words.Count || !IsNumber(words[number].Lower) || !char.IsAsciiDigit(words[number].Text[0])
            || Gap(text, words, last + 1).Trim(" .") is not ("" or ",") || (isMarked && Gap(text, words, number).Trim(" .:°").Length > 0))
            return null;
        var (value, end) = (Value(words[number].Lower), number);
        var range = end + 1;
        if (range < words.Count && IsNumber(words[range].Lower) && Gap(text, words, range).Trim(' ') is "-" or "–" or "/"
            && Value(words[range].Lower) is var to && to > value && to - value <= LongestRange)
            (value, end) = (Middle(value, to), range);
        else if (range + 1 < words.Count && Gap(text, words, range) is " " && IsFraction(text, words, range))
            end = range + 1;
        else if (range < words.Count && words[range].Length == 1 && char.IsAsciiLetter(words[range].Text[0]) && IsLetterAfter(text, words, range))
            end = range;
        if (!isMarked && IsNoHouseAfter(text, words, number, end, isUsual))
            return null;
        return new Found(words[last + 1].Start, words[end].End, text[words[number].Start..words[end].End], value);
    }

    private static Found Make(string text, int start, int end, int value) => new(start, end, text[start..end].TrimEnd(',', ' '), value);

    private static ReadOnlySpan<char> Gap(string text, List<Word> words, int before) => text.AsSpan(words[before - 1].End, words[before].Start - words[before - 1].End);

    /// <summary>Not the rest of another number, of a date or of a time.</summary>
    private static bool Touches(string text, int start) => start == 0 || text[start - 1] is not ('.' or ':' or '/' or '$' or '€' or '£') || start < 2 || !char.IsAsciiDigit(text[start - 2]);

    private static bool IsHouseLetter(Word word) => word.Length == 1 && char.IsAsciiLetterUpper(word.Text[0]);

    /// <summary>The number before "1/2".</summary>
    private static int? Fraction(string text, List<Word> words, int last) =>
        last >= 2 && IsFraction(text, words, last - 1) && Gap(text, words, last - 1) is " " or "-" ? last - 2 : null;

    private static bool IsFraction(string text, List<Word> words, int at) => at + 1 < words.Count && Gap(text, words, at + 1) is "/" or "⁄"
        && (words[at].Lower, words[at + 1].Lower) is ("1", "2") or ("1", "3") or ("2", "3") or ("1", "4") or ("3", "4");

    private static bool IsFraction(char letter) => letter is '½' or '¼' or '¾' or '⅓' or '⅔';

    private static int? Thousands(string text, List<Word> words, int last) =>
        last > 0 && words[last].Lower.Length == 3 && Digits(words[last].Lower) == 3 && Gap(text, words, last) is "," or "." or "’"
        && Digits(words[last - 1].Lower) is 1 or 2 && Digits(words[last - 1].Lower) == words[last - 1].Lower.Length && Touches(text, words[last - 1].Start)
            ? (Value(words[last - 1].Lower) * 1000) + Value(words[last].Lower) : null;

    /// <summary>"In 2026 Beacon Street", "May 5 Beacon Street", "Route 9, Beacon Street".</summary>
    private static bool IsNoHouse(string text, List<Word> words, int number, bool isParted)
    {
        var value = Value(words[number].Lower);
        var isPlain = Digits(words[number].Lower) == words[number].Lower.Length;
        var before = number > 0 && Gap(text, words, number).Trim(' ') is "" or "," ? words[number - 1] : default;
        var isYear = isPlain && value is >= 1900 and < 2100;
        if (before.Text is null)
            return isYear && isParted;
        return (isYear && (isParted || YearSigns.Contains(before.Lower)))
            || (isPlain && (isYear || value <= LastDayOfMonth) && CapitalNames.IsNoName(before.Lower) && before.Lower.Length > 2)
            || (isParted && before.IsCapitalised && before.Length > 2 && !StopWords.Contains(before.Lower));
    }

    private static bool IsLetterAfter(string text, List<Word> words, int at)
    {
        var gap = Gap(text, words, at);
        if (gap is "-" or "/")
            return at + 1 >= words.Count || Gap(text, words, at + 1) is not ("-" or "/");
        return gap is " " && (char.IsUpper(words[at].Text[0]) || EndsClause(text, words[at].End));
    }

    private static bool IsNoHouseAfter(string text, List<Word> words, int number, int end, bool isUsual)
    {
        var value = Value(words[number].Lower);
        var isYear = value is >= 1900 and < 2100 && Digits(words[number].Lower) == words[number].Lower.Length;
        if (isYear || IsPartOfMore(text, words[end].End))
            return true;
        if (EndsClause(text, words[end].End))
            return !isUsual && Gap(text, words, number).Contains(',');
        if (!isUsual || end + 1 >= words.Count || Gap(text, words, end + 1) is not " ")
            return !isUsual;
        var next = words[end + 1];
        // A small number before a noun counts it; before a function word it does not.
        return Units.Contains(next.Lower) || (value is > 1 and <= Countable && end == number && words[number].Lower.Length <= 2 && next.Length > 4);
    }

    /// <summary>A date, a time or a larger number goes on here.</summary>
    private static bool IsPartOfMore(string text, int end) =>
        end < text.Length && ((text[end] is '%' or '€' or '$' or '°') || (text[end] is '.' or ',' or ':' or '/' or '-' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1])));

    private static bool EndsClause(string text, int end) => end >= text.Length || text[end] is '.' or ',' or ';' or ':' or '!' or '?' or ')' or '(' or '\n' or '"'
        || (text[end] is ' ' && end + 1 < text.Length && text[end + 1] is '(' or '-' or '–');

    private static int Digits(string word)
    {
        var digits = 0;
        while (digits < word.Length && char.IsAsciiDigit(word[digits]))
            digits++;
        return digits;
    }

    private static int Value(string word) => int.Parse(word.AsSpan(0, Math.Min(MostDigits, Digits(word))), CultureInfo.InvariantCulture);

    private static int Middle(int from, int to) => to <= from ? from : from + ((to - from) / 2 / 2 * 2);
}
