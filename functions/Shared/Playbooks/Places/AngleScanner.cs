using System.Globalization;

namespace DomainFlow.Playbooks.Places;

internal enum Axis
{
    Unknown,
    NorthSouth,
    EastWest,
}

/// <summary>One of the two angles of a position, as it is written.</summary>
/// <param name="Decimals">Of the degrees.</param>
/// <param name="LastDecimals">Of the smallest unit that is written.</param>
/// <param name="HasMark">A degree sign.</param>
internal sealed record Angle(
    int Start, int End, double Degrees, Axis Axis, bool IsSigned, int Decimals, int LastDecimals, bool HasMark, bool HasMinutes, bool HasSeconds);

/// <summary>
/// Reads angles by looking at each character a bounded number of times, so that no text makes it slow: an optional name or hemisphere, a sign,
/// degrees, minutes, seconds, and a hemisphere where none stood before.
/// </summary>
internal sealed class AngleScanner(string text, bool isEastO)
{
    /// <summary>Signs and blanks between the two angles of a position.</summary>
    private const int LongestGap = 8;
    private const int MostDecimals = 17;

    private static readonly string[] Latitudes = ["latitude", "latitud", "latitudine", "breitengrad", "breite", "breedtegraad", "lat"];
    private static readonly string[] Longitudes =
        ["longitude", "longitud", "longitudine", "längengrad", "laengengrad", "länge", "laenge", "lengtegraad", "long", "lon", "lng"];

    private static readonly (string Word, char Letter)[] Hemispheres =
    [
        ("north", 'N'), ("nord", 'N'), ("norte", 'N'), ("noord", 'N'), ("south", 'S'), ("süd", 'S'), ("sud", 'S'), ("sur", 'S'), ("sul", 'S'), ("zuid", 'S'),
        ("east", 'E'), ("ost", 'E'), ("este", 'E'), ("est", 'E'), ("oost", 'E'), ("leste", 'E'), ("west", 'W'), ("oeste", 'W'), ("ouest", 'W'), ("ovest", 'W'),
        ("n", 'N'), ("s", 'S'), ("e", 'E'), ("w", 'W'), ("o", 'O'),
    ];

    /// <summary>The second angle of a position, with at most a few signs before it.</summary>
    public Angle? Next(int from)
    {
        var at = from;
        while (at < text.Length && at - from < LongestGap && (char.IsWhiteSpace(text[at]) || text[at] is ',' or ';' or '/' or '|' or '"' or '(' or ')' or '{' or '\''))
        {
            at++;
        }

        // Without anything between, one number would be read as two.
        return at == from && at < text.Length && char.IsAsciiDigit(text[at]) ? null : At(at);
    }

    /// <summary>The angle that begins at a character; null where none does.</summary>
    public Angle? At(int start)
    {
        if (start >= text.Length || !(IsWordLike(text[start]) || text[start] is '+' or '-' or '−' or '–') || (start > 0 && IsWordLike(text[start - 1]) && IsWordLike(text[start])))
            return null;
        var at = start;
        var axis = Label(ref at);
        var hemisphere = Hemisphere(ref at, isBefore: true);
        at = Blanks(at, 2);
        var sign = Sign(ref at);
        return at < text.Length && char.IsAsciiDigit(text[at]) ? Read(start, at, axis, hemisphere, sign) : null;
    }

    private Angle? Read(int start, int at, Axis axis, char hemisphere, int sign)
    {
        if (Number(ref at, 3) is not { } degrees)
            return null;
        var hasMark = Mark(ref at, "°º˚", "deg", "degrees", "grad", "grados");
        var (minutes, seconds) = ((Part?)null, (Part?)null);
        if (degrees.Decimals == 0)
            (minutes, seconds) = Parts(ref at, hasMark, hemisphere != 0);
        if (hemisphere == 0)
            hemisphere = Hemisphere(ref at, isBefore: false);
        if (hemisphere == 0 && minutes is not null && !hasMark)
            return null;
        if ((at < text.Length && IsWordLike(text[at])) || (at + 1 < text.Length && text[at] is '.' && char.IsAsciiDigit(text[at + 1])))
            return null;
        var side = hemisphere is 'N' or 'S' ? Axis.NorthSouth : hemisphere == 0 ? Axis.Unknown : Axis.EastWest;
        if (axis != Axis.Unknown && side != Axis.Unknown && axis != side)
            return null;
        var value = degrees.Value + ((minutes?.Value ?? 0) / 60) + ((seconds?.Value ?? 0) / 3600);
        var isNegative = sign < 0 || hemisphere is 'S' or 'W' || (hemisphere == 'O' && !isEastO);
        return new Angle(
            start, at, isNegative ? -value : value, side == Axis.Unknown ? axis : side, sign != 0, degrees.Decimals,
            (seconds ?? minutes ?? degrees).Decimals, hasMark, minutes is not null, seconds is not null);
    }

    /// <summary>Minutes and seconds, with their marks; without any only where a hemisphere says that these are angles.</summary>
    private (Part? Minutes, Part? Seconds) Parts(ref int at, bool hasMark, bool hasHemisphere)
    {
        var end = at;
        if (Small(ref end, hasMark) is not { } minutes)
            return (null, null);
        var isMarked = Mark(ref end, "'′’‘´`ʹ", "min");
        var afterMinutes = end;
        var seconds = minutes.Decimals == 0 ? Small(ref end, hasMark && isMarked) : null;
        if (seconds is not null)
        {
            var marked = Mark(ref end, "\"″”“˝", "sec") || DoubleMark(ref end);
            if (!marked && hasMark && !FollowedByHemisphere(end))
                (seconds, end) = (null, afterMinutes);
        }
        else
        {
            end = afterMinutes;
        }

        if (!isMarked && !hasHemisphere && !FollowedByHemisphere(end))
            return (null, null);
        at = end;
        return (minutes, seconds);
    }

    private Part? Small(ref int at, bool mayTouch)
    {
        var end = Blanks(at, 2);
        if (end == at && end < text.Length && text[end] == ':')
            end++;
        if ((end == at && !mayTouch) || Number(ref end, 2) is not { Value: < 60 } part)
            return null;
        at = end;
        return part;
    }

    private bool FollowedByHemisphere(int at) => Hemisphere(ref at, isBefore: false) != 0;

    private Part? Number(ref int at, int digits)
    {
        var start = at;
        while (at < text.Length && at - start < digits && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        if (at == start || (at < text.Length && char.IsAsciiDigit(text[at])))
            return null;
        var decimals = 0;
        if (at + 1 < text.Length && text[at] is '.' or ',' && char.IsAsciiDigit(text[at + 1]))
        {
            var end = at + 1;
            while (end < text.Length && decimals <= MostDecimals && char.IsAsciiDigit(text[end]))
            {
                (end, decimals) = (end + 1, decimals + 1);
            }

            if (decimals > MostDecimals)
                return null;
            at = end;
        }

        return new Part(double.Parse(text[start..at].Replace(',', '.'), CultureInfo.InvariantCulture), decimals);
    }

    /// <summary>"lat: ", "Longitude = ", "\"lon\": ".</summary>
    private Axis Label(ref int at)
    {
        foreach (var (words, axis) in new[] { (Latitudes, Axis.NorthSouth), (Longitudes, Axis.EastWest) })
        {
            foreach (var word in words)
            {
                var end = at + word.Length;
                if (string.Compare(text, at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) != 0 || (end < text.Length && char.IsLetter(text[end])))
                    continue;
                for (var signs = 0; signs < 4 && end < text.Length && (text[end] is ':' or '=' or '"' or '\'' or '.' || char.IsWhiteSpace(text[end])); signs++)
                    end++;
                at = end;
                return axis;
            }
        }

        return Axis.Unknown;
    }

    /// <summary>N, S, E, W or O; no letter where none is written. A lower-case letter counts only where it touches the number.</summary>
    private char Hemisphere(ref int at, bool isBefore)
    {
        var start = isBefore ? at : Blanks(at, 2);
        foreach (var (word, letter) in Hemispheres)
        {
            var end = start + word.Length;
            if (string.Compare(text, start, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) != 0 || (end < text.Length && char.IsLetter(text[end])))
                continue;
            if (!isBefore && end < text.Length && char.IsAsciiDigit(text[end]))
                continue;
            if (word.Length == 1 && char.IsLower(text[start]) && (isBefore ? end >= text.Length || !char.IsAsciiDigit(text[end]) : start != at))
                continue;
            at = end;
            return letter;
        }

        return '\0';
    }

    private int Sign(ref int at)
    {
        if (at + 1 >= text.Length || !char.IsAsciiDigit(text[at + 1]) || text[at] is not ('+' or '-' or '−' or '–') || (at > 0 && char.IsLetterOrDigit(text[at - 1])))
            return 0;
        return text[at++] == '+' ? 1 : -1;
    }

    private bool Mark(ref int at, string signs, params ReadOnlySpan<string> words)
    {
        var start = Blanks(at, 1);
        if (start < text.Length && signs.Contains(text[start], StringComparison.Ordinal) && !(start + 1 < text.Length && text[start + 1] == text[start] && signs[0] == '\''))
        {
            at = start + 1;
            return true;
        }

        foreach (var word in words)
        {
            var end = start + word.Length;
            if (string.Compare(text, start, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0 && (end >= text.Length || !char.IsLetter(text[end])))
            {
                at = end;
                return true;
            }
        }

        return false;
    }

    /// <summary>Seconds as two minute marks.</summary>
    private bool DoubleMark(ref int at)
    {
        if (at + 1 >= text.Length || !"'′’´".Contains(text[at], StringComparison.Ordinal) || text[at + 1] != text[at])
            return false;
        at += 2;
        return true;
    }

    private int Blanks(int at, int most)
    {
        for (var count = 0; count < most && at < text.Length && text[at] is ' ' or '\u00A0' or '\u202F' or '\t'; count++)
        {
            at++;
        }

        return at;
    }

    private static bool IsWordLike(char sign) => char.IsLetterOrDigit(sign) || sign == '_';

    private sealed record Part(double Value, int Decimals);
}
