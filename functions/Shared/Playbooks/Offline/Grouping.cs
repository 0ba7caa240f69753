using System.Text.RegularExpressions;

namespace DomainFlow.Playbooks.Offline;

/// <summary>By which key counts are grouped.</summary>
internal static partial class Grouping
{
    /// <summary>A question of more words than this is about what reports say.</summary>
    private const int MostTopicWords = 2;

    public static string? Of(string agent, Asked question) => agent switch
    {
        _ when question.Order is not null => null,
        "what_kind" when question.Category is null => "category",
        "where" => "place",
        "what" or "which" or "who" or "when" when IsSuperlative(question.Form) && question.Topic.Count <= MostTopicWords => Dimension(question.Form),
        "which" when question.Topic.Count <= MostTopicWords => Dimension(question.Form),
        _ => null,
    };

    /// <summary>Whether the question asks for the least instead of the most.</summary>
    public static bool IsLeast(string question) => Least().IsMatch(question);

    private static bool IsSuperlative(string question) => Superlative().IsMatch(question);

    /// <summary>What the question counts by: the first that it names.</summary>
    private static string? Dimension(string question) => Dimensions().Match(question) is { Success: true } match
        ? match.Groups.Cast<Group>().First(group => group.Success && group.Name != "0").Name
        : null;

    [GeneratedRegex(@"\b(?:most|least|fewest|top|main|highest|lowest|commonest|busiest|worst|más|menos|meisten|wenigsten|häufigste[nrs]?|seltenste[nrs]?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Superlative();

    [GeneratedRegex(@"\b(?:least|fewest|lowest|rarest|menos|wenigsten|seltenste[nrs]?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Least();

    [GeneratedRegex(
        @"\b(?:(?<place>streets?|areas?|places?|neighbou?rhoods?|roads?|locations?|calles?|lugar(?:es)?|barrios?|stra(?:ß|ss)en?|orte?|gegend)|(?<status>status|estado)"
        + @"|(?<urgency>urgency|priority|urgencia|dringlichkeit)|(?<day>days?|dates?|día|tag)"
        + @"|(?<category>categor\w+|kinds?|types?|problems?|issues?|complaints?|problemas?|quejas?|tipo|kategorien?|probleme?|beschwerden?))\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Dimensions();
}
