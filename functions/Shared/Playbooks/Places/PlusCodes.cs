namespace DomainFlow.Playbooks.Places;

/// <summary>Open Location Codes: whole (9F29P3PX+X7), and short (P3PX+X7) where a position nearby completes them.</summary>
internal static class PlusCodes
{
    private const string Alphabet = "23456789CFGHJMPQRVWX";
    private const int Separator = 8;
    private const int PairDigits = 10;
    private const int MostDigits = 15;
    private const double LeastRadius = 30;

    /// <summary>The code that begins at a character.</summary>
    /// <param name="near">Completes short codes.</param>
    public static Coordinates.Found? At(string text, int start, (double Longitude, double Latitude)? near)
    {
        if ((start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] == '+')) || !IsDigit(text[start]))
            return null;
        var plus = start;
        while (plus < text.Length && plus - start <= Separator && IsDigit(text[plus]))
            plus++;
        if (plus - start is not (4 or 6 or Separator) || plus >= text.Length || text[plus] != '+')
            return null;
        var end = plus + 1;
        while (end < text.Length && end - plus <= MostDigits - Separator && IsDigit(text[end]))
            end++;
        if (end - plus < 3 || (end < text.Length && char.IsLetterOrDigit(text[end])))
            return null;
        var code = text[start..end].ToUpperInvariant();
        // Digits alone are a sum or a telephone number.
        if (!code.Any(char.IsAsciiLetter))
            return null;
        var digits = code.Replace("+", "", StringComparison.Ordinal);
        var missing = Separator - (plus - start);
        if (missing == 0)
            return Decode(digits) is { } whole ? Found(start, text[start..end], whole) : null;
        return near is { } at ? Found(start, text[start..end], Nearest(digits, missing, at)) : null;
    }

    private static bool IsDigit(char letter) => Alphabet.Contains(char.ToUpperInvariant(letter), StringComparison.Ordinal);

    private static Coordinates.Found Found(int start, string text, (double Longitude, double Latitude, double Height) area) =>
        new(start, text, area.Longitude, area.Latitude, Math.Round(Math.Max(LeastRadius, 0.75 * area.Height * 111_320)));

    /// <summary>Of the areas that the digits may mean the one whose middle is nearest.</summary>
    private static (double Longitude, double Latitude, double Height) Nearest(string digits, int missing, (double Longitude, double Latitude) near)
    {
        var cell = Math.Pow(20, 2 - (missing / 2));
        var (longitude, latitude, height) = Decode(Prefix(near, missing) + digits) ?? (near.Longitude, near.Latitude, cell);
        static double Shift(double value, double wanted, double cell) => value + (Math.Round((wanted - value) / cell) * cell);
        return (Shift(longitude, near.Longitude, cell), Math.Clamp(Shift(latitude, near.Latitude, cell), -90, 90), height);
    }

    private static string Prefix((double Longitude, double Latitude) near, int length)
    {
        var (latitude, longitude) = (Math.Clamp(near.Latitude, -90, 89.99) + 90, near.Longitude + 180);
        var prefix = "";
        for (var cell = 20.0; prefix.Length < length; cell /= 20)
        {
            prefix += $"{Alphabet[(int)(latitude / cell) % 20]}{Alphabet[(int)(longitude / cell) % 20]}";
        }

        return prefix;
    }

    /// <summary>The middle of the area, in degrees, and the area's height; null where the first digits lie off the earth.</summary>
    private static (double Longitude, double Latitude, double Height)? Decode(string digits)
    {
        var (latitude, longitude) = (-90.0, -180.0);
        var (height, width) = (400.0, 400.0);
        for (var at = 0; at < digits.Length && at < PairDigits; at += 2)
        {
            if (at + 1 >= digits.Length)
                return null;
            (height, width) = (height / 20, width / 20);
            latitude += Alphabet.IndexOf(digits[at], StringComparison.Ordinal) * height;
            longitude += Alphabet.IndexOf(digits[at + 1], StringComparison.Ordinal) * width;
        }

        for (var at = PairDigits; at < digits.Length && at < MostDigits; at++)
        {
            var cell = Alphabet.IndexOf(digits[at], StringComparison.Ordinal);
            (height, width) = (height / 5, width / 4);
            latitude += cell / 4 * height;
            longitude += cell % 4 * width;
        }

        var middle = (Longitude: longitude + (width / 2), Latitude: latitude + (height / 2));
        return Geo.IsPosition(middle.Longitude, middle.Latitude) ? (middle.Longitude, middle.Latitude, height) : null;
    }
}
