using System.Text;

namespace DomainFlow.Playbooks.Answers;

/// <summary>Whether a source really holds a quotation, allowing for white space, punctuation and case.</summary>
public static class Quotation
{
    /// <summary>True where the words of the quotation stand in the source in that order, side by side. A quotation without a word is found nowhere.</summary>
    public static bool IsIn(string quote, string source)
    {
        var wanted = Plain(quote);
        return wanted.Length > 2 && Plain(source).Contains(wanted, StringComparison.Ordinal);
    }

    private static string Plain(string text)
    {
        var plain = new StringBuilder(" ");
        foreach (var letter in text)
        {
            if (char.IsLetterOrDigit(letter))
                plain.Append(char.ToLowerInvariant(letter));
            else if (plain[^1] != ' ' && letter is not ('\'' or '’'))
                plain.Append(' ');
        }

        if (plain[^1] != ' ')
            plain.Append(' ');
        return plain.ToString();
    }
}
