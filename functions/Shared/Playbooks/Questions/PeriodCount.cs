using System.Globalization;

namespace DomainFlow.Playbooks.Questions;

/// <summary>How many units a period of a question has: 3, three, a couple of.</summary>
internal static class PeriodCount
{
    public const string Pattern =
        "[0-9]{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|(?:a )?couple(?: of)?|(?:a )?few|several";

    private static readonly Dictionary<string, int> Named = new()
    {
        { "a", 1 }, { "an", 1 }, { "one", 1 }, { "two", 2 }, { "three", 3 }, { "four", 4 }, { "five", 5 }, { "six", 6 }, { "seven", 7 }, { "eight", 8 },
        { "nine", 9 }, { "ten", 10 }, { "eleven", 11 }, { "twelve", 12 }, { "fifteen", 15 }, { "twenty", 20 }, { "thirty", 30 }, { "several", 4 },
    };

    /// <param name="text">What <see cref="Pattern"/> matched; null where the period names no number, which is one.</param>
    public static int Read(string? text)
    {
        var lower = text?.ToLowerInvariant() ?? "one";
        if (int.TryParse(lower, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        return lower.Contains("couple", StringComparison.Ordinal) ? 2
            : lower.Contains("few", StringComparison.Ordinal) ? 3
            : Named.GetValueOrDefault(lower, 1);
    }
}
