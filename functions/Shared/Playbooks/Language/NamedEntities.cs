namespace DomainFlow.Playbooks.Language;

/// <summary>
/// Persons and organisations by their form: "Mayor Ann Lee", "my name is Jo Park", "Ann Lee said", "Water Authority". Only what says so itself is
/// typed; another name of several words is "other".
/// </summary>
internal static class NamedEntities
{
    private const int MaxFound = 40;

    private static readonly HashSet<string> Titles = Set(
        "mr mrs ms dr officer mayor alderman alderwoman councillor councilor professor prof president gov governor senator sen sheriff minister judge herr frau "
            + "senor senora sr sra don dona monsieur madame mme signor signora alcalde alcaldesa burgermeister burgermeisterin");

    private static readonly HashSet<string> Speaks = Set("said says told tweeted wrote reports reported announced sagte sagt dijo dice declara declaro ha");

    private static readonly HashSet<string> OrganisationEnds = Set(
        "inc llc ltd corp company department dept authority agency council hospital university college school church police association committee bank utilities "
            + "services cross foundation institute ministry bureau commission group gmbh ag kg ev spa srl stadtwerke feuerwehr polizei policia ayuntamiento "
            + "bomberos pompiers mairie comune prefettura gemeente brandweer krankenhaus klinik schule universitat universidad universite");

    private static readonly HashSet<string> OrganisationBegins = Set("university ministry department universidad ministerio universite ministere universita ministero ayuntamiento");

    private static readonly string[][] CommonOrganisations =
        [["police"], ["fire", "department"], ["city", "hall"], ["public", "works"], ["water", "company"], ["town", "council"], ["city", "council"]];

    /// <summary>In the order of the text, without overlaps.</summary>
    public static IReadOnlyList<Entities.Entity> Of(string text)
    {
        var names = new CapitalNames(text);
        var found = new List<Entities.Entity>();
        for (var at = 0; at < names.Words.Count && found.Count < MaxFound; at++)
        {
            if (Read(names, at) is not var (first, last, type))
                continue;
            if (type.Length > 0)
                found.Add(new Entities.Entity(names.Words[first].Start, names.Text(first, last), type));
            at = last;
        }

        return found;
    }

    private static (int First, int Last, string Type)? Read(CapitalNames names, int at)
    {
        var words = names.Words;
        if (names.IsAddressed(at))
            return null;
        if (Titled(names, at) is { } titled)
            return (at, titled, "person");
        if (Common(names, at) is { } common)
            return (at, common, "organization");
        var end = names.EndOf(at);
        if (end < at)
            return null;
        if (OrganisationEnd(names, at, end) is { } organisation)
            return (at, organisation, "organization");
        var isTwo = end > at && end - at <= 2;
        if (IsNamed(names, at) && end - at <= 2)
            return (at, end, "person");
        if (isTwo && !names.IsShouted && end + 1 < words.Count && names.After(end) is " " && Speaks.Contains(words[end + 1].Lower))
            return (at, end, "person");
        return end > at && !names.BeginsSentence(at) && !names.IsShouted && !names.IsHeadline ? (at, end, "other") : (at, end, "");
    }

    private static int? Titled(CapitalNames names, int at)
    {
        if (!Titles.Contains(names.Words[at].Lower) || !names.Words[at].IsCapitalised || names.After(at) is not (" " or ". "))
            return null;
        var end = names.EndOf(at + 1);
        return end > at ? Math.Min(end, at + 3) : null;
    }

    private static int? OrganisationEnd(CapitalNames names, int first, int last)
    {
        for (var at = last; at > first; at--)
        {
            if (OrganisationEnds.Contains(names.Words[at].Lower))
                return at;
        }

        return last > first && OrganisationBegins.Contains(names.Words[first].Lower) ? last : null;
    }

    /// <summary>"my name is", "I am", "mein Name ist".</summary>
    private static bool IsNamed(CapitalNames names, int at)
    {
        if (at < 1 || names.Before(at) is not " ")
            return false;
        var (one, other) = (names.Words[at - 1].Lower, at > 1 ? names.Words[at - 2].Lower : "");
        return one is "named" or "called" or "im" || (other, one) is ("name", "is") or ("i", "am") or ("name", "ist") or ("me", "llamo") or ("mappelle", _) or ("mi", "chiamo");
    }

    private static int? Common(CapitalNames names, int at)
    {
        foreach (var words in CommonOrganisations)
        {
            var isSaid = at + words.Length <= names.Words.Count;
            for (var i = 0; isSaid && i < words.Length; i++)
                isSaid = names.Words[at + i].Lower == words[i] && (i == 0 || names.Before(at + i) is " ");
            if (isSaid)
                return at + words.Length - 1;
        }

        return null;
    }

    private static HashSet<string> Set(string words) => [.. words.Split(' ')];
}
