using System.Globalization;

namespace DomainFlow.Playbooks.Times;

/// <summary>Small numbers as people write them: 3, three, a couple of, half an.</summary>
internal static class Quantity
{
    public const string Pattern =
        @"\d+(?:\.\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|(?:a\s+)?couple(?:\s+of)?|(?:a\s+)?few"
            + @"|several|half\s+an?";

    private static readonly Dictionary<string, double> Named = new()
    {
        { "a", 1 }, { "an", 1 }, { "one", 1 }, { "two", 2 }, { "three", 3 }, { "four", 4 }, { "five", 5 }, { "six", 6 }, { "seven", 7 }, { "eight", 8 },
        { "nine", 9 }, { "ten", 10 }, { "eleven", 11 }, { "twelve", 12 }, { "fifteen", 15 }, { "twenty", 20 }, { "thirty", 30 }, { "several", 4 },
    };

    public static double? Read(string text)
    {
        var lower = text.ToLowerInvariant();
        if (double.TryParse(lower, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return number;
        if (lower.Contains("couple", StringComparison.Ordinal))
            return 2;
        if (lower.Contains("few", StringComparison.Ordinal))
            return 3;
        return lower.StartsWith("half", StringComparison.Ordinal) ? 0.5 : Named.TryGetValue(lower, out var named) ? named : null;
    }
}
