using System.Text;
using DomainFlow.Playbooks.Language;

namespace DomainFlow.Playbooks.Places;

/// <summary>A text as the gazetteer looks at it: each word is written out and compared with the vocabulary once, however many names it may be part of.</summary>
internal sealed class GazetteerText
{
    /// <summary>Of any street: "a street", "cross street", "side street".</summary>
    private static readonly HashSet<string> Generic =
    [
        .. ("cross side back dead one two public private busy through local residential city town narrow quiet parallel adjacent neighboring neighbouring nearby opposite "
            + "entire whole main").Split(' '),
    ];

    private static readonly HashSet<string> Determiners = [.. "a an each every any another nearest closest next".Split(' ')];

    private readonly Spelling spelling;
    private readonly string[] written;
    private readonly bool[] known;
    private readonly Dictionary<string, string[]> near = [];

    public GazetteerText(string text, Spelling spelling)
    {
        (Text, this.spelling) = (text, spelling);
        Words = Language.Words.Of(text);
        written = [.. Words.Select(word => NameKey.WriteOut(word.Lower))];
        known = [.. written.Select(spelling.Knows)];
        IsShouted = Words.Count > 2 && !Words.Exists(word => char.IsLower(word.Text[0]));
    }

    public string Text { get; }

    public List<Word> Words { get; }

    /// <summary>All in capitals: then they tell nothing.</summary>
    public bool IsShouted { get; }

    /// <summary>How many words from one on may be one name: no end of a sentence lies between them.</summary>
    public int Reach(int at, int most)
    {
        var length = 1;
        while (length < most && at + length < Words.Count && IsJoined(at + length))
            length++;
        return Math.Min(length, most);
    }

    public string Key(int at, int length) => length == 1 ? written[at] : string.Join(' ', written, at, length);

    /// <summary>As written; "P.za" and "C.so" are one word.</summary>
    public string RawKey(int at, int length)
    {
        var key = new StringBuilder(Words[at].Lower);
        for (var next = at + 1; next < at + length; next++)
        {
            var isOne = Words[next - 1].Length == 1 && Words[next].Start == Words[next - 1].End + 1 && Text[Words[next].Start - 1] == '.';
            key.Append(isOne ? "" : " ").Append(Words[next].Lower);
        }

        return key.ToString();
    }

    public string[] Window(int at, int length) => written[at..(at + length)];

    public bool AllCapitalised(int at, int length)
    {
        for (var word = at; word < at + length; word++)
        {
            if (!Words[word].IsCapitalised)
                return false;
        }

        return true;
    }

    /// <summary>
    /// Whether everyday words are written like a name: "a street" and "the cross street" are none, "A Street" and "40 cross street" are. What is
    /// rare anyway needs no sign.
    /// </summary>
    public bool IsWrittenAsName(int at, int length)
    {
        if (length < 2)
            return true;
        var first = Words[at];
        // "C/ Mayor", "via Roma", "P.za Navona".
        if ((StreetTypes.IsLeading(first.Lower) && first.Length > 1 && Words[at + 1].IsCapitalised) || (first.Length == 1 && Text[first.End] is '.' or '/'))
            return true;
        var isGeneric = StopWords.Contains(first.Lower) || Generic.Contains(first.Lower);
        var isCapital = !IsShouted && (isGeneric ? AllWritten(at, length) : first.IsCapitalised);
        if (isCapital || (at > 0 && HouseNumbers.IsNumber(Words[at - 1].Lower) && Text[Words[at - 1].End..first.Start] == " "))
            return true;
        if (first.Lower == "main" && !IsShouted && at > 0 && Words[at - 1].Lower is "on" or "at" or "along" or "near" or "and")
            return true;
        return !isGeneric && (at == 0 || !Determiners.Contains(Words[at - 1].Lower) || IsShouted);
    }

    /// <summary>Whether a few letters can make a known name of the words: two wrong words at most, and each like one that is known.</summary>
    public bool MayBeMisspelt(int at, int length)
    {
        var wrong = 0;
        for (var word = at; word < at + length; word++)
        {
            if (!known[word] && (++wrong > 2 || Near(word).Length == 0))
                return false;
        }

        return wrong > 0;
    }

    /// <summary>Known words that are like one of the text.</summary>
    public string[] Near(int at)
    {
        if (!near.TryGetValue(written[at], out var words))
            near[written[at]] = words = [.. spelling.Near(written[at]).Select(word => word.Word)];
        return words;
    }

    /// <summary>Capitals, figures and small letters of ordinals: "A Street", "Cross St".</summary>
    private bool AllWritten(int at, int length)
    {
        for (var word = at; word < at + length; word++)
        {
            if (char.IsLower(Words[word].Text[0]))
                return false;
        }

        return true;
    }

    private bool IsJoined(int at)
    {
        var before = Words[at - 1];
        var gap = Text.AsSpan(before.End, Words[at].Start - before.End);
        if (gap.Length > 3)
            return false;
        foreach (var sign in gap)
        {
            var isAllowed = sign switch
            {
                ' ' or '-' or '–' or '\'' or '’' or '&' or '+' or ',' or '\u00A0' or '\n' or '\t' or '_' => true,
                '.' => before.Length <= 5 || StreetTypes.IsCompound(before.Lower),
                '/' => before.Length <= 2,
                _ => false,
            };
            if (!isAllowed)
                return false;
        }

        return true;
    }
}
