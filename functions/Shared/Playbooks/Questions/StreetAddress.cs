using DomainFlow.Playbooks.Places;

namespace DomainFlow.Playbooks.Questions;

/// <summary>
/// Whether an address as the places extraction stores it lies on a street: the street alone, with a house number before or behind it, or as
/// one side of a crossing. "North Quay Street" is not on "Quay Street".
/// </summary>
public static class StreetAddress
{
    /// <summary>Abbreviations by which an address that no gazetteer knew may name the kind of street.</summary>
    private static readonly Dictionary<string, string> Short = new()
    {
        ["street"] = "(street|st)",
        ["avenue"] = "(avenue|ave|av)",
        ["road"] = "(road|rd)",
        ["boulevard"] = "(boulevard|blvd)",
        ["drive"] = "(drive|dr)",
        ["lane"] = "(lane|ln)",
        ["court"] = "(court|ct)",
        ["place"] = "(place|pl)",
        ["square"] = "(square|sq)",
        ["terrace"] = "(terrace|ter)",
        ["highway"] = "(highway|hwy)",
    };

    /// <summary>A regular expression that .NET and PostgreSQL read alike, to be used without regard to case.</summary>
    public static string Pattern(string street)
    {
        var words = street.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var name = words.Select((word, place) => place == words.Length - 1 && Short.GetValueOrDefault(NameKey.WriteOut(word.ToLowerInvariant().TrimEnd('.'))) is { } kind
            ? kind + "[.]?"
            : Escaped(word));
        return "(^|[&/,;]| and | at | y | und )[ ]*([0-9][0-9½¼¾/-]*[ ]*([a-z][ ]+)?([0-9]/[0-9][ ]+)?)?" + string.Join("[ ]+", name)
            + "([ ]+[0-9][0-9a-z½/ -]*)?[ ]*($|[&/,;]| and | at | y | und )";
    }

    /// <summary>Letters and digits as they are; other signs as themselves in brackets.</summary>
    private static string Escaped(string word) =>
        string.Concat(word.Select(letter => char.IsLetterOrDigit(letter) ? letter.ToString() : letter is '^' or '\\' or ']' ? "." : $"[{letter}]"));
}
