using DomainFlow.Playbooks.Language;

namespace DomainFlow.Playbooks.Places;

/// <summary>Names of places in the form in which they are compared: folded words, abbreviations and ordinals written out.</summary>
internal static class NameKey
{
    private const int MostForms = 24;

    private static readonly Dictionary<string, string> WrittenOut =
        ("st=street str=street streets=street ave=avenue av=avenue aven=avenue avenues=avenue rd=road roads=road blvd=boulevard "
            + "dr=drive ln=lane ct=court pl=place plz=plaza sq=square hwy=highway pkwy=parkway pky=parkway ter=terrace terr=terrace cir=circle "
            + "tpke=turnpike expy=expressway fwy=freeway ext=extension mt=mount ft=fort apt=apartment n=north s=south e=east w=west "
            + "ne=northeast nw=northwest se=southeast sw=southwest rte=route "
            + "bldg=building ctr=center centre=center pk=park brg=bridge jct=junction sta=station hosp=hospital univ=university "
            + "sch=school 1st=first 2nd=second 3rd=third 4th=fourth 5th=fifth 6th=sixth 7th=seventh 8th=eighth 9th=ninth 10th=tenth 11th=eleventh "
            + "12th=twelfth 13th=thirteenth 14th=fourteenth 15th=fifteenth 16th=sixteenth 17th=seventeenth 18th=eighteenth 19th=nineteenth "
            + "20th=twentieth 30th=thirtieth 40th=fortieth 50th=fiftieth 60th=sixtieth 70th=seventieth 80th=eightieth 90th=ninetieth")
        .Split(' ').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);

    private static readonly HashSet<string> StreetWords =
    [
        "street", "avenue", "road", "boulevard", "drive", "lane", "court", "place", "square", "highway", "parkway", "terrace", "circle", "turnpike",
        "expressway", "way", "alley", "row", "extension", "route",
    ];

    private static readonly HashSet<string> Particles = [.. "de del la las los el du des di da do dos das della of".Split(' ')];

    private static readonly string[] Tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    private static readonly string[] Ones = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"];

    public static string WriteOut(string lower) => WrittenOut.GetValueOrDefault(lower, lower);

    public static bool IsStreetWord(string word) => StreetWords.Contains(word);

    /// <summary>The words of a name; <c>St</c> at its start is a saint.</summary>
    public static string[] Of(string name)
    {
        var words = Words.Of(name).Select(word => word.Lower).ToArray();
        return [.. words.Select((word, place) => word == "st" && place == 0 && words.Length > 1 ? "saint" : WriteOut(word)).Where(word => word != "the")];
    }

    /// <summary>
    /// Other keys under which a name is looked up, besides <see cref="Of"/>: with one word abbreviated, without small words, with its ordinal in
    /// figures or spelled out.
    /// </summary>
    public static IEnumerable<string> Forms(string[] key)
    {
        var forms = new List<string[]> { key };
        if (key.Length > 2 && Array.Exists(key, Particles.Contains))
            forms.Add([.. key.Where((word, at) => at == 0 || !Particles.Contains(word))]);
        for (var at = 0; at < key.Length; at++)
        {
            if (Compound(key[at]) is { } spelled)
                forms.Add([.. key[..at], .. spelled, .. key[(at + 1)..]]);
            else if (at + 1 < key.Length && Figure(key[at], key[at + 1]) is { } figure)
                forms.Add([.. key[..at], figure, .. key[(at + 2)..]]);
        }

        return forms.Skip(1).Concat(forms.SelectMany(Abbreviated)).Select(form => string.Join(' ', form)).Distinct().Take(MostForms);
    }

    private static IEnumerable<string[]> Abbreviated(string[] key)
    {
        for (var at = 0; at < key.Length; at++)
        {
            foreach (var form in StreetTypes.ShortForms(key[at]))
            {
                if (key.Length > 1 || form.Length > 4)
                    yield return [.. key[..at], form, .. key[(at + 1)..]];
            }
        }
    }

    /// <summary>23rd as twenty third.</summary>
    private static string[]? Compound(string word) => word.Length == 4 && word[0] is >= '2' and <= '9' && word[1] is >= '1' and <= '9' && char.IsAsciiLetter(word[2])
        ? [Tens[word[0] - '2'], Ones[word[1] - '1']] : null;

    /// <summary>Twenty third as 23rd.</summary>
    private static string? Figure(string ten, string one)
    {
        var (tens, ones) = (Array.IndexOf(Tens, ten), Array.IndexOf(Ones, one));
        return tens < 0 || ones < 0 ? null : $"{tens + 2}{ones + 1}{(ones switch { 0 => "st", 1 => "nd", 2 => "rd", _ => "th" })}";
    }
}
