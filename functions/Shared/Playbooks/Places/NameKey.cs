using DomainFlow.Playbooks.Language;

namespace DomainFlow.Playbooks.Places;

/// <summary>Names of places in the form in which they are compared: folded words, abbreviations written out.</summary>
internal static class NameKey
{
    private static readonly Dictionary<string, string> WrittenOut =
        ("st=street str=street streets=street ave=avenue av=avenue aven=avenue avenues=avenue rd=road roads=road blvd=boulevard "
            + "dr=drive ln=lane ct=court pl=place sq=square hwy=highway pkwy=parkway pky=parkway ter=terrace terr=terrace cir=circle "
            + "tpke=turnpike expy=expressway ext=extension mt=mount ft=fort apt=apartment n=north s=south e=east w=west rte=route "
            + "bldg=building ctr=center centre=center pk=park brg=bridge jct=junction sta=station hosp=hospital univ=university "
            + "sch=school")
        .Split(' ').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);

    private static readonly HashSet<string> StreetWords =
    [
        "street", "avenue", "road", "boulevard", "drive", "lane", "court", "place", "square", "highway", "parkway", "terrace", "circle", "turnpike",
        "expressway", "way", "alley", "row", "extension", "route",
    ];

    public static string WriteOut(string lower) => WrittenOut.GetValueOrDefault(lower, lower);

    public static bool IsStreetWord(string word) => StreetWords.Contains(word);

    /// <summary>The words of a name; <c>St</c> at its start is a saint.</summary>
    public static string[] Of(string name)
    {
        var words = Words.Of(name).Select(word => word.Lower).ToArray();
        return [.. words.Select((word, place) => word == "st" && place == 0 && words.Length > 1 ? "saint" : WriteOut(word)).Where(word => word != "the")];
    }
}
