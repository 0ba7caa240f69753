using System.Text;
using DomainFlow.Domain.Unicode;

namespace DomainFlow.Playbooks.Agents;

/// <summary>Text that people outside wrote, as models and extraction see it.</summary>
/// <param name="Text">The visible part of what was written.</param>
/// <param name="Places">For each character of <paramref name="Text"/>, and for its end, where it stands in the composed original.</param>
public sealed record UntrustedText(string Text, IReadOnlyList<int> Places)
{
    /// <summary>
    /// The text composed and without invisible characters: tags, zero-width and bidirectional marks, variation selectors, control characters
    /// but tab and line ends, halves of surrogate pairs, joiners that stand neither between two letters nor between two emoji; CR LF becomes LF.
    /// What a person reads stays.
    /// </summary>
    public static string Strip(string text) => Of(text).Text;

    /// <summary>As <see cref="Strip"/>, with the way back.</summary>
    public static UntrustedText Of(string text)
    {
        var original = Nfc.Of(text);
        var clean = new StringBuilder(original.Length);
        var places = new List<int>(original.Length + 1);
        var (place, joiner, before) = (0, -1, default(Rune?));
        foreach (var rune in original.EnumerateRunes())
        {
            if (Invisible.IsJoiner(rune))
            {
                // Two in a row join nothing: they could carry hidden bits.
                joiner = joiner < 0 && before is { } left && Invisible.IsJoinable(left) ? place : int.MaxValue;
            }
            else if (!Invisible.Is(rune) && !IsReturnBeforeLineFeed(original, place))
            {
                if (joiner is >= 0 and < int.MaxValue && Invisible.IsJoinable(rune))
                {
                    Append(original[joiner], joiner);
                }

                foreach (var unit in rune.Value == '\r' ? "\n" : rune.ToString())
                {
                    Append(unit, place);
                }

                (joiner, before) = (-1, rune);
            }

            place += rune.Utf16SequenceLength;
        }

        places.Add(original.Length);
        return new(clean.ToString(), places);

        void Append(char unit, int at)
        {
            clean.Append(unit);
            places.Add(at);
        }
    }

    /// <summary>Where a span of <see cref="Text"/> stands in the composed original.</summary>
    public (int Start, int Length) InOriginal(int start, int length) => (Places[start], Places[start + length] - Places[start]);

    private static bool IsReturnBeforeLineFeed(string text, int place) => text[place] == '\r' && place + 1 < text.Length && text[place + 1] == '\n';
}
