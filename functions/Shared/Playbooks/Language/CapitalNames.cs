namespace DomainFlow.Playbooks.Language;

/// <summary>Names by their form: words that begin with a capital, with the small words that stand within names.</summary>
internal sealed class CapitalNames
{
    private const int LongestName = 5;

    private static readonly HashSet<string> Particles =
    [
        .. "of the de del de la las los el le les du des di da do dos das della delle dei am an der den dem im upon on sur sous van von ten zum zur en y".Split(' '),
    ];

    /// <summary>Months and days, of which none is a name here, and what else is written with a capital.</summary>
    private static readonly HashSet<string> NoNames =
    [
        .. ("january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec "
            + "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun "
            + "januar februar marz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag "
            + "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes miercoles jueves viernes sabado domingo "
            + "janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre lundi mardi mercredi jeudi vendredi samedi dimanche "
            + "gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre lunedi martedi mercoledi giovedi venerdi sabato domenica "
            + "janeiro fevereiro marco maio junho julho setembro outubro novembro dezembro maandag dinsdag woensdag donderdag vrijdag zaterdag zondag "
            + "christmas easter thanksgiving halloween ramadan god allah internet twitter facebook instagram rt via gmt utc est pst edt am pm "
            + "ich wir sie er es das der die ein eine usa today tomorrow yesterday tonight").Split(' '),
    ];

    private readonly string text;

    public CapitalNames(string text)
    {
        this.text = text;
        Words = Language.Words.Of(text);
        var lettered = Words.Count(word => char.IsLetter(word.Text[0]));
        var capitals = Words.Count(word => word.IsCapitalised);
        // In a headline or a shouted text capitals tell nothing.
        IsShouted = lettered > 3 && !Words.Exists(word => word.Length > 3 && char.IsLower(word.Text[0]));
        IsHeadline = lettered > 5 && capitals > 0.7 * lettered;
    }

    public List<Word> Words { get; }

    public bool IsShouted { get; }

    public bool IsHeadline { get; }

    public static bool IsNoName(string lower) => NoNames.Contains(lower);

    /// <summary>What stands between a word and the one before it.</summary>
    public ReadOnlySpan<char> Before(int at) => at == 0 ? text.AsSpan(0, Words[0].Start) : text.AsSpan(Words[at - 1].End, Words[at].Start - Words[at - 1].End);

    /// <summary>What follows a word up to the next one.</summary>
    public ReadOnlySpan<char> After(int at) => text.AsSpan(Words[at].End, (at + 1 < Words.Count ? Words[at + 1].Start : text.Length) - Words[at].End);

    public bool BeginsSentence(int at) => at == 0 || Before(at).IndexOfAny(".!?\n:\"“«¿¡") >= 0;

    /// <summary>Whether a word can be part of a name: not a mention of an account, not in a link, no month, nothing that only its place writes large.</summary>
    public bool IsName(int at)
    {
        var word = Words[at];
        return word.IsCapitalised && word.Length > 1 && !StopWords.Contains(word.Lower) && !NoNames.Contains(word.Lower) && !IsAddressed(at);
    }

    /// <summary>@account, or part of a link or an e-mail address.</summary>
    public bool IsAddressed(int at)
    {
        var word = Words[at];
        return (word.Start > 0 && text[word.Start - 1] is '@' or '/' or '_') || (word.End < text.Length && text[word.End] is '@' or '_')
            || (word.End + 2 < text.Length && text.AsSpan(word.End, 3) is "://");
    }

    /// <summary>The last word of the name that begins here; <paramref name="at"/> - 1 where none does.</summary>
    public int EndOf(int at)
    {
        if (at >= Words.Count || !IsName(at))
            return at - 1;
        var end = at;
        while (end + 1 < Words.Count && end - at + 1 < LongestName)
        {
            var next = end + 1;
            var small = 0;
            while (small < 2 && next < Words.Count && IsJoined(next) && Words[next].Text.Equals(Words[next].Lower, StringComparison.Ordinal) && Particles.Contains(Words[next].Lower))
                (next, small) = (next + 1, small + 1);
            if (next >= Words.Count || next - at >= LongestName || !IsJoined(next) || !IsName(next))
                break;
            end = next;
        }

        return end;
    }

    public bool IsJoined(int at) => Before(at) is " " or "-" or "’" or "'" || (Before(at) is ". " && Words[at - 1].Length <= 3);

    public string Text(int first, int last) => text[Words[first].Start..Words[last].End];
}
