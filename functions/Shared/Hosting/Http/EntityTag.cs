using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DomainFlow.Hosting.Http;

/// <summary>
/// Entity tags (RFC 9110, 8.8.3). Of a thing with a version: <c>"7"</c>, or <c>"7-more"</c> where more than the version shows. Of a
/// list or a count, which no version stands for: a weak one of its text.
/// </summary>
public static class EntityTag
{
    public static string Of(long version, string? more = null)
    {
        var number = version.ToString(CultureInfo.InvariantCulture);
        return more is null ? $"\"{number}\"" : $"\"{number}-{more}\"";
    }

    /// <summary>Weak: it changes with any byte of the text, and names no version to change.</summary>
    public static string OfText(string text) => $"W/\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32]}\"";

    /// <summary>Whether If-None-Match holds this tag, weak or not, or <c>*</c>. What is no list of tags holds none.</summary>
    public static bool IsAmong(string? header, string tag) =>
        header is not null && (header.Trim() == "*" || (Read(header)?.Any(known => known.Text == Opaque(tag)) ?? false));

    /// <summary>Whether If-Match allows a change of this version. A weak tag never does.</summary>
    /// <exception cref="ProblemException">400: the header holds no entity tags.</exception>
    public static bool MatchesVersion(string header, long version)
    {
        if (header.Trim() == "*")
        {
            return true;
        }

        var tags = Read(header) ?? throw new ProblemException(Problem.Invalid("If-Match", "If-Match must be the ETag that GET gave, in its quotes"));
        return tags.Any(tag => !tag.Weak && tag.Text.Split('-')[0] == version.ToString(CultureInfo.InvariantCulture));
    }

    private static string Opaque(string tag) => tag[(tag.IndexOf('"', StringComparison.Ordinal) + 1)..^1];

    /// <summary>The tags of a list, which may hold commas within their quotes; null where it is no list of tags.</summary>
    private static List<(bool Weak, string Text)>? Read(string header)
    {
        var tags = new List<(bool, string)>();
        var rest = header.AsSpan().Trim();
        while (!rest.IsEmpty)
        {
            var weak = rest.StartsWith("W/", StringComparison.Ordinal);
            rest = weak ? rest[2..] : rest;
            var end = rest.StartsWith("\"", StringComparison.Ordinal) ? rest[1..].IndexOf('"') : -1;
            if (end < 0)
            {
                return null;
            }

            tags.Add((weak, rest[1..(end + 1)].ToString()));
            rest = rest[(end + 2)..].TrimStart();
            if (!rest.IsEmpty && rest[0] != ',')
            {
                return null;
            }

            rest = rest.TrimStart(',').TrimStart();
        }

        return tags.Count == 0 ? null : tags;
    }
}
