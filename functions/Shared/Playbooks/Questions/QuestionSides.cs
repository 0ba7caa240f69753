using System.Text.RegularExpressions;
using DomainFlow.Playbooks.Language;
using DomainFlow.Playbooks.Offline;

namespace DomainFlow.Playbooks.Questions;

/// <summary>Which sides of things a question asks for, by its question words: the ids of the built-in query agents.</summary>
internal static partial class QuestionSides
{
    /// <summary>Whether it has a question word.</summary>
    /// <param name="expected">The domain's language.</param>
    public static bool Asks(string question, string expected)
    {
        var language = FunctionWords.LanguageOf(Words.Of(question), expected);
        return language == FunctionWords.English ? Pattern().IsMatch(question.ToLowerInvariant()) : AnswerKinds.Asks(question, language);
    }

    /// <param name="language">ISO 639-1 code of the question's language.</param>
    public static IReadOnlySet<string> Of(string question, string language, AnswerKind kind)
    {
        if (language != FunctionWords.English)
            return AnswerKinds.Agents(kind).ToHashSet();
        var sides = new HashSet<string>();
        var text = question.ToLowerInvariant();
        foreach (Match match in Pattern().Matches(text))
        {
            // "What is charged when taxes are paid": a relative clause, not a second question.
            if (match.Value is "when" or "where" or "who" or "which" && match.Index > 0 && sides.Count > 0 && !IsJoined(text, match.Index))
                continue;
            // The group's name is the agent's id; a phrase is eaten before its words ("how many" before "how").
            sides.Add(match.Groups.Cast<Group>().First(group => group.Success && group.Name is not "0").Name);
        }

        if (sides.Remove("duration"))
            sides.UnionWith(["when", "how_much"]);
        if (sides.Remove("tell") && sides.Count == 0)
            sides.UnionWith(["what", "where"]);
        if (sides.Count == 0)
            sides.UnionWith(["what", "where", "when"]);
        return sides;
    }

    /// <summary>Whether "and" or a sign stands before; looked for in a window, since a question may have thousands of such words.</summary>
    private static bool IsJoined(string text, int index) => Joined().IsMatch(text.AsSpan(Math.Max(0, index - 20), Math.Min(20, index)));

    [GeneratedRegex(@"(?:\b(?:and|or)|[,;?.])\s*$")]
    private static partial Regex Joined();

    [GeneratedRegex(
        @"\b(?:(?<how_many>how\s+many|(?:the\s+)?(?:total\s+)?number\s+of|count(?:\s+of)?|wie\s+viele)"
        + @"|(?<duration>how\s+long)"
        + @"|(?<when>how\s+(?:often|early|late|recently)|(?:at|by)\s+what\s+time|since\s+when|what\s+(?:time|day|date|month)s?|when|which\s+(?:time|day|date|month)s?)"
        + @"|(?<how_much>how\s+(?:much|deep|big|large|high|tall|far|wide|expensive|costly|fast|heavy|loud|old)|what\s+(?:amount|cost|size|depth)|(?:the\s+)?cost)"
        + @"|(?<why>why|how\s+come|what(?:'s|\s+is|\s+are|\s+was)?\s+(?:the\s+)?(?:causes?|caused|causing|reasons?)|for\s+what\s+reason|because\s+of\s+what)"
        + @"|(?<what_kind>(?:what|which)\s+(?:kinds?|types?|sorts?|categories)|kinds?\s+of|types?\s+of)"
        + @"|(?<from_where>from\s+where|where\s+(?:\w+\s+){1,8}from\b|origin)"
        + @"|(?<where>where|(?:at|in)\s+(?:which|what)\s+(?:place|street|area|location|neighbou?rhood)s?|what\s+(?:place|street|area|location"
        + @"|neighbou?rhood)s?)"
        + @"|(?<who>who|whom|whose|which\s+(?:people|person|agency|department|company))"
        + @"|(?<which>which|what\s+(?:category|status|report)s?\b)"
        + @"|(?<how>how)"
        + @"|(?<what>what)"
        + @"|(?<tell>show|list|tell|give|find|describe|summari[sz]e))\b")]
    private static partial Regex Pattern();
}
