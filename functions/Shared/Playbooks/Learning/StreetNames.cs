using DomainFlow.Playbooks.Places;

namespace DomainFlow.Playbooks.Learning;

/// <summary>Which street a written name means: short forms ("edgewood") and slips of the pen ("whaley avenue") go to the street that is named often.</summary>
internal sealed class StreetNames
{
    /// <summary>So much more often than another must a name stand for it to be what is meant.</summary>
    private const int Dominance = 4;

    /// <summary>"my street" is not one.</summary>
    private static readonly HashSet<string> NoNames = ["my", "our", "your", "this", "that", "same", "whole", "entire", "every", "dead", "side"];

    private readonly Dictionary<string, int> counts;
    private readonly Dictionary<string, string> shortForms = [];
    private readonly Dictionary<string, string> slips = [];

    /// <param name="written">Street keys, as often as they stand in addresses.</param>
    public StreetNames(IEnumerable<string> written)
    {
        counts = written.Where(name => AddressReader.IsTyped(name) && !NoNames.Contains(name.Split(' ')[0])).CountBy(name => name).ToDictionary();
        foreach (var group in counts.Keys.GroupBy(Short).Where(group => group.Key.Length > 2))
        {
            var ranked = group.OrderByDescending(name => counts[name]).ThenBy(name => name, StringComparer.Ordinal).ToList();
            if (ranked.Count == 1 || counts[ranked[0]] >= Dominance * counts[ranked[1]])
                shortForms[group.Key] = ranked[0];
        }

        var spelling = new Spelling(counts.Where(name => name.Value >= Dominance).Select(name => Short(name.Key).Replace(' ', '_')).Where(IsPlain));
        foreach (var (name, count) in counts.Where(name => name.Value < Dominance))
        {
            if (spelling.Near(Short(name)).FirstOrDefault().Word is { } near && shortForms.GetValueOrDefault(near) is { } street
                && counts[street] >= Dominance * count && Type(street) == Type(name))
                slips[name] = street;
        }
    }

    /// <summary>The street's own key; null where the name is of none, or of several.</summary>
    public string? Resolve(string written) => slips.GetValueOrDefault(written) ?? (counts.ContainsKey(written) ? written : shortForms.GetValueOrDefault(written));

    private static bool IsPlain(string name) => name.All(char.IsLetter);

    private static string Short(string name) => name.LastIndexOf(' ') is > 0 and var end && NameKey.IsStreetWord(name[(end + 1)..]) ? name[..end] : name;

    private static string Type(string name) => name[(name.LastIndexOf(' ') + 1)..];
}
