namespace DomainFlow.Playbooks.Times;

/// <summary>Thai is written without spaces: words are the longest ones that the lexicon has, and what stands between them.</summary>
internal static class ThaiWords
{
    /// <summary>No word of the lexicon is longer.</summary>
    private const int Longest = 16;

    public static bool IsThai(char letter) => letter is >= '\u0E01' and <= '\u0E4E';

    public static int End(char[] folded, int at)
    {
        if (Word(folded, at) is > 0 and var length)
            return at + length;
        var end = at + 1;
        while (end < folded.Length && IsThai(folded[end]) && Word(folded, end) == 0)
            end++;
        return end;
    }

    private static int Word(char[] folded, int at)
    {
        var lexicon = Lexicon.Of("th")!;
        var length = 0;
        while (length < Longest && at + length < folded.Length && IsThai(folded[at + length]))
            length++;
        for (; length > 0; length--)
        {
            if (lexicon.Knows(folded.AsSpan(at, length)))
                return length;
        }

        return 0;
    }
}
