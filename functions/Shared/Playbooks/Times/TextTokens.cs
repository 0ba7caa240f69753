using System.Globalization;

namespace DomainFlow.Playbooks.Times;

internal enum TokenKind : byte
{
    Word,
    Number,
    Sign,
}

/// <summary>A word, a run of digits or a sign.</summary>
/// <param name="Value">Of a number; -1 where it has more than nine digits.</param>
/// <param name="Spaced">Whether white space stands before it; the first token counts as spaced.</param>
/// <param name="NewLine">Whether a line break stands before it.</param>
internal readonly record struct Token(int Start, int End, TokenKind Kind, int Value, bool Spaced, bool NewLine)
{
    public int Length => End - Start;
}

/// <summary>A text as tokens, with a folded copy (lower case, no accents) for look-ups. One pass, linear in the text.</summary>
internal sealed class TextTokens
{
    private readonly char[] folded;
    private readonly List<Token> tokens = [];

    public TextTokens(string text)
    {
        Text = text;
        folded = new char[text.Length];
        for (var i = 0; i < text.Length; i++)
            folded[i] = Folding.Of(text[i]);
        Split();
    }

    public string Text { get; }

    public int Count => tokens.Count;

    public Token this[int at] => tokens[at];

    public ReadOnlySpan<char> Key(int at) => folded.AsSpan(tokens[at].Start, tokens[at].Length);

    /// <summary>The sign at a place, or zero.</summary>
    public char Sign(int at) => at >= 0 && at < Count && tokens[at].Kind == TokenKind.Sign ? folded[tokens[at].Start] : '\0';

    public bool IsNumber(int at) => at >= 0 && at < Count && tokens[at].Kind == TokenKind.Number;

    public bool IsWord(int at) => at >= 0 && at < Count && tokens[at].Kind == TokenKind.Word;

    public bool IsCapitalised(int at) => IsWord(at) && char.IsUpper(Text[tokens[at].Start]);

    /// <summary>Whether nothing stands between this token and the one before.</summary>
    public bool IsAttached(int at) => at > 0 && at < Count && !tokens[at].Spaced;

    /// <summary>A dot, question or exclamation mark or semicolon before white space, or a line break before the token.</summary>
    public bool StartsSentence(int at)
    {
        if (at <= 0 || tokens[at].NewLine)
            return true;
        return tokens[at].Spaced && Sign(at - 1) is '.' or '!' or '?' or ';' or '…' or '。';
    }

    public bool Continues(int at, string[] rest)
    {
        if (at + rest.Length >= Count)
            return false;
        for (var i = 0; i < rest.Length; i++)
        {
            if (!Key(at + 1 + i).SequenceEqual(rest[i]))
                return false;
        }

        return true;
    }

    private void Split()
    {
        var spaced = true;
        var newLine = false;
        for (var at = 0; at < Text.Length;)
        {
            if (char.IsWhiteSpace(Text[at]))
            {
                spaced = true;
                newLine |= Text[at] is '\n' or '\r';
                at++;
                continue;
            }

            var (end, kind, value) = Next(at);
            tokens.Add(new Token(at, end, kind, value, spaced, newLine));
            (spaced, newLine, at) = (false, false, end);
        }
    }

    private (int End, TokenKind Kind, int Value) Next(int at)
    {
        if (folded[at] is >= '0' and <= '9')
            return Number(at);
        if (ThaiWords.IsThai(Text[at]))
            return (ThaiWords.End(folded, at), TokenKind.Word, 0);
        if (IsLetter(Text[at]))
            return (WordEnd(at), TokenKind.Word, 0);
        // The possessive is a word of its own, so that "yesterday's" is found as "yesterday".
        return folded[at] == '\'' && at > 0 && IsLetter(Text[at - 1]) && IsPossessive(at) ? (at + 2, TokenKind.Word, 0) : (at + 1, TokenKind.Sign, 0);
    }

    private (int End, TokenKind Kind, int Value) Number(int at)
    {
        var (end, value) = (at, 0);
        for (; end < folded.Length && folded[end] is >= '0' and <= '9'; end++)
            value = end - at < 9 ? (value * 10) + (folded[end] - '0') : -1;
        return (end, TokenKind.Number, value);
    }

    /// <summary>An elided article keeps its apostrophe and ends there: "d'un" is "d'" and "un".</summary>
    private int WordEnd(int at)
    {
        var end = at;
        while (end < Text.Length && IsLetter(Text[end]) && !ThaiWords.IsThai(Text[end]))
            end++;
        return end < Text.Length - 1 && folded[end] == '\'' && char.IsLetter(Text[end + 1]) && !IsPossessive(end) ? end + 1 : end;
    }

    private bool IsPossessive(int apostrophe) => apostrophe + 1 < Text.Length && folded[apostrophe + 1] == 's'
        && (apostrophe + 2 == Text.Length || !char.IsLetterOrDigit(Text[apostrophe + 2]));

    private static bool IsLetter(char letter) => char.IsLetter(letter) || char.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark
        or UnicodeCategory.SpacingCombiningMark;
}
