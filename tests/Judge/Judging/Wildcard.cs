namespace DomainFlow.Judge.Tests.Judging;

/// <summary>IAM's patterns: * stands for any text, ? for one character.</summary>
internal static class Wildcard
{
    public static bool Matches(string pattern, string text, bool ignoreCase = false)
    {
        var comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var (at, star, mark) = (0, -1, 0);
        for (var place = 0; place < text.Length;)
        {
            if (at < pattern.Length && pattern[at] == '*') (star, mark) = (at++, place);
            else if (at < pattern.Length && (pattern[at] == '?' || pattern.AsSpan(at, 1).Equals(text.AsSpan(place, 1), comparison))) (at, place) = (at + 1, place + 1);
            else if (star >= 0) (at, place) = (star + 1, ++mark);
            else return false;
        }

        return pattern.AsSpan(at).TrimStart('*').IsEmpty;
    }
}
