using System.Globalization;

namespace DomainFlow.Hosting.Http;

/// <summary>Entity tags (RFC 9110, 8.8.3) of things with a version: <c>"7"</c>, or <c>"7-more"</c> where more than the version shows.</summary>
public static class EntityTag
{
    public static string Of(long version) => $"\"{version.ToString(CultureInfo.InvariantCulture)}\"";

    /// <summary>Whether If-Match allows a change of this version. A weak tag never does.</summary>
    /// <exception cref="ProblemException">400: the header holds no entity tags.</exception>
    public static bool MatchesVersion(string header, long version)
    {
        if (header.Trim() == "*")
        {
            return true;
        }

        var tags = header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (tags.Length == 0 || !tags.All(tag => (tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag) is ['"', .., '"']))
        {
            throw new ProblemException(Problem.Invalid("If-Match", "If-Match must be the ETag that GET gave, in its quotes"));
        }

        return tags.Any(tag => tag[0] == '"' && tag[1..^1].Split('-')[0] == version.ToString(CultureInfo.InvariantCulture));
    }
}
