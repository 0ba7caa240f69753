using System.Text;

namespace DomainFlow.Domain.Unicode;

/// <summary>Text that people wrote, as it is stored: everything they wrote but control characters and halves of surrogate pairs, composed.</summary>
/// <remarks>
/// Joiners, variation selectors and bidirectional marks are meaning (Persian words, families of emoji, Hebrew beside Latin). Models and search
/// get copies without what is invisible.
/// </remarks>
public static class StoredText
{
    private const char NextLine = '\u0085';

    /// <summary>Line ends of every kind become LF, tabs stay.</summary>
    public static string Of(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var unit = text[i];
            if (char.IsHighSurrogate(unit) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                kept.Append(unit).Append(text[++i]);
            }
            else if (unit == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
            {
                // The LF that follows ends the line.
            }
            else if (unit is '\r' or '\v' or '\f' or NextLine)
            {
                kept.Append('\n');
            }
            else if (unit is '\t' or '\n' || !(char.IsControl(unit) || char.IsSurrogate(unit)))
            {
                kept.Append(unit);
            }
        }

        return Nfc.Of(kept.ToString());
    }
}
