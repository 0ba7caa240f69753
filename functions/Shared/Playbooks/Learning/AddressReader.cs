using System.Globalization;
using System.Text.RegularExpressions;
using DomainFlow.Playbooks.Language;
using DomainFlow.Playbooks.Places;

namespace DomainFlow.Playbooks.Learning;

/// <summary>What an address of the past names.</summary>
internal abstract record ReadAddress
{
    private ReadAddress()
    {
    }

    /// <param name="Number">The middle of a range.</param>
    public sealed record AtHouse(int Number, string Street) : ReadAddress;

    public sealed record OnStreet(string Street) : ReadAddress;

    public sealed record AtCrossing(string First, string Second) : ReadAddress;

    /// <summary>A name that is no street's: perhaps a park or a quarter.</summary>
    public sealed record Named(string Name) : ReadAddress;
}

/// <summary>Reads addresses without their tail. A street is its key: folded words, abbreviations written out ("foster street").</summary>
internal static partial class AddressReader
{
    private const int MaxNameWords = 5;
    private static readonly HashSet<string> Directions = ["north", "south", "east", "west"];

    /// <returns>Null where nothing can be made of it.</returns>
    public static ReadAddress? Read(string address)
    {
        var number = Number().Match(address);
        var rest = address[number.Length..];
        var parts = Joint().Split(rest).Where(part => part.Trim().Length > 0).ToList();
        if (!number.Success && parts.Count > 1)
        {
            var (first, second) = (StreetOf(parts[0]), StreetOf(parts[1]));
            return first is null || second is null || first == second ? null : new ReadAddress.AtCrossing(first, second);
        }

        if (parts.Count == 0 || StreetOf(parts[0]) is not { } street)
            return null;
        if (number.Success)
            return new ReadAddress.AtHouse(Middle(number), street);
        return IsTyped(street) ? new ReadAddress.OnStreet(street) : new ReadAddress.Named(street);
    }

    /// <summary>Whether the key says by itself that it is a street.</summary>
    public static bool IsTyped(string key)
    {
        var words = key.Split(' ');
        return words.Length > 1 && (words.Skip(1).Any(NameKey.IsStreetWord) || (NameKey.IsStreetWord(words[0]) && char.IsAsciiDigit(words[1][0])));
    }

    private static string? StreetOf(string text)
    {
        var words = NameKey.Of(Lead().Replace(text, "")).ToList();
        var type = words.FindIndex(Math.Min(1, words.Count), NameKey.IsStreetWord);
        if (type > 0)
        {
            var end = type + 1;
            while (end < words.Count && end <= type + 1 && (Directions.Contains(words[end]) || words[end] == "extension"))
                end++;
            words = words.GetRange(0, end);
        }

        var isRoute = words.Count == 2 && NameKey.IsStreetWord(words[0]) && char.IsAsciiDigit(words[1][0]);
        return words.Count is 0 or > MaxNameWords || (!isRoute && words.Exists(word => char.IsAsciiDigit(word[0]) && !char.IsLetter(word[^1])))
            ? null
            : string.Join(' ', words);
    }

    private static int Middle(Match number)
    {
        var from = int.Parse(number.Groups["from"].ValueSpan, CultureInfo.InvariantCulture);
        if (!number.Groups["to"].Success)
            return from;
        var to = int.Parse(number.Groups["to"].ValueSpan, CultureInfo.InvariantCulture);
        // Of the side of the street that the range is of.
        return to <= from ? from : from + ((to - from) / 2 / 2 * 2);
    }

    [GeneratedRegex(@"^\s*(?<from>[0-9]{1,5})(?:\s*[-–&]\s*(?<to>[0-9]{1,5}))?[a-zA-Z]?(?=[\s,])[\s,]*")]
    private static partial Regex Number();

    [GeneratedRegex(@"\s+(?:and|at|between|betw\.?|near|by)\s+|\s*[&/@]\s*|\s+[-–]\s+|\s*[(),;]\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Joint();

    [GeneratedRegex(@"^\s*(?:the\s+)?(?:corner|intersection|cor)\s*(?:of\s+)?", RegexOptions.IgnoreCase)]
    private static partial Regex Lead();
}
