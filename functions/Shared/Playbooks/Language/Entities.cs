using System.Text.RegularExpressions;
using DomainFlow.Playbooks.Times;

namespace DomainFlow.Playbooks.Language;

/// <summary>Names and values that a text holds.</summary>
internal static partial class Entities
{
    /// <param name="Type">person, organization, place, quantity, date, email, phone or other.</param>
    public sealed record Entity(int Start, string Text, string Type)
    {
        public int End => Start + Text.Length;
    }

    /// <summary>In the order of the text, without overlaps; patterns that are surer come before those that are less so.</summary>
    /// <param name="places">Words that the gazetteer knows.</param>
    public static IReadOnlyList<Entity> Of(string text, IEnumerable<TimeMention> times, IEnumerable<string> places)
    {
        var found = new List<Entity>();
        void Add(int start, string words, string type)
        {
            var end = start + words.Length;
            if (start >= 0 && !found.Exists(other => start < other.End && other.Start < end))
                found.Add(new Entity(start, words, type));
        }

        foreach (Match match in Patterns.Email().Matches(text))
            Add(match.Index, match.Value, "email");
        foreach (var place in places.Distinct())
            Add(text.IndexOf(place, StringComparison.Ordinal), place, "place");
        foreach (var time in times)
            Add(time.Start, time.Text, "date");
        foreach (Match match in Patterns.Phone().Matches(text))
            Add(match.Index, match.Value, "phone");
        foreach (Match match in Patterns.Quantity().Matches(text))
            Add(match.Index, match.Value.Trim(), "quantity");
        foreach (Match match in Organisation().Matches(text))
            Add(match.Index, match.Value, "organization");
        foreach (Match match in Person().Matches(text))
            Add(match.Index, match.Value, "person");
        foreach (Match match in Name().Matches(text).Where(match => !StopWords.Contains(Words.Fold(match.Value.Split(' ')[0]))))
            Add(match.Index, match.Value, "other");
        return [.. found.DistinctBy(entity => (entity.Text.ToLowerInvariant(), entity.Type)).OrderBy(entity => entity.Start)];
    }

    [GeneratedRegex(
        @"\b(?:(?:[A-Z][\w&'’.-]*\s+){0,4}(?:Inc|LLC|Ltd|Corp|Company|Department|Dept|Authority|Agency|Council|Hospital|University|College|School|Church"
            + @"|Police|Association|Committee|Bank|Utilities|Services)\b\.?|(?:the\s+)?(?:police|fire\s+department|city\s+hall|public\s+works"
            + @"|water\s+company|town\s+council|city\s+council)\b)")]
    private static partial Regex Organisation();

    [GeneratedRegex(@"\b(?:Mr|Mrs|Ms|Dr|Officer|Mayor|Alderman|Alderwoman|Councillor|Professor|Prof)\.?\s+[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?"
        + @"|(?<=\b(?:name is|named|called|I am|I'm)\s)[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?")]
    private static partial Regex Person();

    [GeneratedRegex(@"(?<![.!?\n]\s*|^)(?<=\s)[A-Z][a-z]+(?:\s+[A-Z][a-z]+)+")]
    private static partial Regex Name();
}

internal static partial class Patterns
{
    [GeneratedRegex(@"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")]
    public static partial Regex Email();

    [GeneratedRegex(@"(?<![\w/.-])(?:\+\d{1,3}[\s.-]?)?(?:\(\d{2,4}\)[\s.-]?|\d{2,4}[\s.-])\d{3,4}[\s.-]?\d{3,4}(?![\w-])")]
    public static partial Regex Phone();

    [GeneratedRegex(
        @"(?<![\w.])(?<n>\d+(?:[.,]\d+)?)\s*(?<unit>%|percent|°[CF]|km/h|mph|kilomet(?:er|re)s?|met(?:er|re)s?|centimet(?:er|re)s?|inch(?:es)?|feet|foot"
            + @"|yards?|miles?|lit(?:er|re)s?|gallons?|kilograms?|tons?|tonnes?|hectares?|acres?|dollars|euros?|people|persons|families|households"
            + @"|houses|homes|cars|vehicles|trees|animals|cows|goats|dogs|rats|bags|tires|square\s+met(?:er|re)s|km|kg|cm|mm|ft|yd|ha|m|l|psi"
            + @"|bar)(?![\w])|[$€£]\s?\d+(?:[.,]\d+)*",
        RegexOptions.IgnoreCase)]
    public static partial Regex Quantity();
}
