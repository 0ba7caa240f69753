using System.Buffers.Text;
using System.Text;
using System.Text.RegularExpressions;

namespace DomainFlow.Chaos.Tests.Tenants;

/// <summary>
/// Made-up words. A tenant's mark stands in everything that it stores and is sent by nobody else: wherever another sees it, something
/// crossed. Its handle stands beside the mark, and is what others ask for.
/// </summary>
internal static partial class Marks
{
    private const string Consonants = "bdfghklmnprtvz";
    private const string Vowels = "aeiou";

    public static string Of(int number) => $"zq{Syllables(number)}mork";

    public static string HandleOf(int number) => $"yl{Syllables(number)}bek";

    /// <summary>All marks in a text, and in what is written in base64 within it (cursors, policies), small letters.</summary>
    public static IEnumerable<string> In(string text) => Word().Matches(text).Select(word => word.Value.ToLowerInvariant()).Distinct();

    public static IEnumerable<Guid> IdsIn(string text) => Id().Matches(text).Select(id => Guid.Parse(id.Value)).Distinct();

    /// <summary>The text with what is written in base64 within it, twice over.</summary>
    public static string Unwrapped(string text)
    {
        var all = new StringBuilder(text);
        var wrapped = new List<string> { text };
        for (var depth = 0; depth < 2; depth++)
        {
            wrapped = [.. wrapped.SelectMany(part => Wrapped().Matches(part)).Select(run => Decoded(run.Value)).OfType<string>()];
            foreach (var part in wrapped) all.Append('\n').Append(part);
        }

        return all.ToString();
    }

    private static string? Decoded(string run)
    {
        var url = run.TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return Base64Url.IsValid(url) ? Encoding.Latin1.GetString(Base64Url.DecodeFromChars(url)) : null;
    }

    private static string Syllables(int number) => string.Concat(
        Consonants[number % 14], Vowels[number / 14 % 5], Consonants[(number / 70 + number) % 14], Vowels[(number / 980 + number) % 5]);

    [GeneratedRegex("zq[a-z]{4}mork", RegexOptions.IgnoreCase)]
    private static partial Regex Word();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.IgnoreCase)]
    private static partial Regex Id();

    [GeneratedRegex("[A-Za-z0-9+/_-]{32,}={0,2}")]
    private static partial Regex Wrapped();
}
