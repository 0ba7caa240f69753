using System.Text.RegularExpressions;
using DomainFlow.Playbooks.Places;
using DomainFlow.Playbooks.Times;

namespace DomainFlow.Playbooks.Language;

/// <summary>Names and values that a text holds.</summary>
internal static class Entities
{
    /// <summary>As many as an agent's schema asks for, and some that it may refuse.</summary>
    private const int MaxFound = 40;

    /// <param name="Type">person, organization, place, quantity, date, email, phone or other.</param>
    public sealed record Entity(int Start, string Text, string Type)
    {
        public int End => Start + Text.Length;
    }

    /// <summary>In the order of the text, without overlaps; patterns that are surer come before those that are less so.</summary>
    /// <param name="places">Words that the gazetteer knows.</param>
    /// <param name="language">ISO 639-1 code.</param>
    /// <param name="events">Folded words for what happens in the domain.</param>
    public static IReadOnlyList<Entity> Of(
        string text, IEnumerable<TimeMention> times, IEnumerable<string> places, string? language, IReadOnlySet<string> events)
    {
        var found = new List<Entity>();
        void Add(int start, string words, string type)
        {
            var end = start + words.Length;
            if (start >= 0 && found.Count < MaxFound && !found.Exists(other => start < other.End && other.Start < end))
                found.Add(new Entity(start, words, type));
        }

        AddAll(Patterns.Email(), "email");
        foreach (var place in places.Distinct())
            Add(text.IndexOf(place, StringComparison.Ordinal), place, "place");
        foreach (var time in times)
            Add(time.Start, time.Text, "date");
        AddAll(Patterns.Phone(), "phone");
        AddAll(Patterns.Quantity(), "quantity");
        var names = NamedEntities.Of(text);
        foreach (var name in names.Where(name => name.Type != "other"))
            Add(name.Start, name.Text, name.Type);
        foreach (var place in PlaceNames.All(text, language, events))
            Add(place.Start, place.Text, "place");
        foreach (var name in names.Where(name => name.Type == "other"))
            Add(name.Start, name.Text, name.Type);
        return [.. found.DistinctBy(entity => (entity.Text.ToLowerInvariant(), entity.Type)).OrderBy(entity => entity.Start)];

        void AddAll(Regex pattern, string type)
        {
            for (var match = pattern.Match(text); match.Success && found.Count < MaxFound; match = match.NextMatch())
                Add(match.Index, match.Value.Trim(), type);
        }
    }
}
