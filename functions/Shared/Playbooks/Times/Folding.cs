using System.Globalization;

namespace DomainFlow.Playbooks.Times;

internal static class Folding
{
    /// <summary>Lower case without Latin accents; decimal digits of every script as 0 to 9; dashes, apostrophes and wide signs as the ASCII ones.</summary>
    public static char Of(char letter)
    {
        if (letter < 128)
            return char.ToLowerInvariant(letter);
        return char.ToLowerInvariant(letter) switch
        {
            'à' or 'á' or 'â' or 'ã' or 'ä' or 'å' => 'a',
            'è' or 'é' or 'ê' or 'ë' => 'e',
            'ì' or 'í' or 'î' or 'ï' => 'i',
            'ò' or 'ó' or 'ô' or 'õ' or 'ö' => 'o',
            'ù' or 'ú' or 'û' or 'ü' => 'u',
            'ç' => 'c',
            'ñ' => 'n',
            '’' or 'ʼ' or '‘' or '`' or '´' => '\'',
            '‐' or '‑' or '‒' or '–' or '—' or '−' => '-',
            '：' => ':',
            '／' => '/',
            '．' => '.',
            var other => CharUnicodeInfo.GetDecimalDigitValue(other) is >= 0 and <= 9 and var digit && char.IsDigit(other) ? (char)('0' + digit) : other,
        };
    }

    public static string Of(string text) => string.Create(text.Length, text, (span, from) =>
    {
        for (var i = 0; i < span.Length; i++)
            span[i] = Of(from[i]);
    });
}
