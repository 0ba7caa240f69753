using DomainFlow.Playbooks.Language;

namespace DomainFlow.Playbooks.Places;

/// <summary>Addresses by their form: "12 Elm Street", "Calle Mayor 12", "Hauptstraße 40a".</summary>
internal static class AddressForms
{
    private const int MostNames = 4;

    private static readonly HashSet<string> Particles = [.. "de del la las los el du des di da do dos das della van der den von".Split(' ')];

    /// <summary>The last word of the address that begins at a word; null where none does.</summary>
    public static int? End(CapitalNames names, int at)
    {
        var words = names.Words;
        var first = at;
        if (HouseNumbers.IsNumber(words[at].Lower))
        {
            first++;
            while (first < words.Count && first - at < 3 && names.Before(first).Trim() is "-" or "–" or "" && HouseNumbers.IsNumber(words[first].Lower))
                first++;
            if (first >= words.Count || names.Before(first) is not " ")
                return null;
        }

        var hasNumber = first > at;
        if (Numbered(names, first) is { } before && (before.IsBefore || !hasNumber))
            return before.End;
        return Named(names, first, hasNumber);
    }

    /// <summary>Types that stand before the name or are part of it; the house comes after.</summary>
    private static (int End, bool IsBefore)? Numbered(CapitalNames names, int first)
    {
        var words = names.Words;
        if (StreetTypes.IsCompound(words[first].Lower) && words[first].IsCapitalised)
            return (WithNumber(names, first), false);
        if (!StreetTypes.IsLeading(words[first].Lower) || (words[first].Length == 1 && !names.After(first).StartsWith("/") && !names.After(first).StartsWith(".")))
            return null;
        var end = first;
        for (var next = first + 1; next < words.Count && next - first <= MostNames && names.Before(next) is " " or "/ " or "/" or ". "; next++)
        {
            if (words[next].IsCapitalised && !StopWords.Contains(words[next].Lower))
                end = next;
            else if (!Particles.Contains(words[next].Lower))
                break;
        }

        return end == first ? null : (WithNumber(names, end), StreetTypes.TakesNumberBefore(words[first].Lower));
    }

    /// <summary>Types that end the name: "Elm Street", "Bonner Straße".</summary>
    private static int? Named(CapitalNames names, int first, bool hasNumber)
    {
        var words = names.Words;
        for (var next = first; next < words.Count && next - first <= MostNames; next++)
        {
            if (next > first && names.Before(next) is not (" " or ". " or "-"))
                return null;
            var isType = next > first && StreetTypes.IsTrailing(words[next].Lower);
            if (isType && (words[next].IsCapitalised || hasNumber))
                return StreetTypes.IsGermanic(words[next].Lower) ? WithNumber(names, next) : next;
            var isOrdinal = char.IsAsciiDigit(words[next].Text[0]) && !char.IsAsciiDigit(words[next].Text[^1]);
            if (!(words[next].IsCapitalised || isOrdinal || hasNumber) || (words[next].Length > 1 && StopWords.Contains(words[next].Lower))
                || (words[next].Length == 1 && !hasNumber && next == first && words[next].Text is "A" or "I"))
                return null;
        }

        return null;
    }

    private static int WithNumber(CapitalNames names, int last)
    {
        var next = last + 1;
        return next < names.Words.Count && names.Before(next) is " " or ", " or ". " && HouseNumbers.IsNumber(names.Words[next].Lower) ? next : last;
    }
}
