using System.Globalization;
using DomainFlow.Domain.Json;
using DomainFlow.Domain.Reports;
using DomainFlow.Domain.Unicode;

namespace DomainFlow.Hosting.Http;

/// <summary>Query parameters by name; each is read once, an empty or blank one counts as absent, and one that nobody reads is refused.</summary>
public sealed class QueryParameters(IDictionary<string, IList<string>>? many, IDictionary<string, string>? single)
{
    /// <summary>Refuses parameters other than these, so that a mistyped filter is not silently no filter.</summary>
    public void Allow(params string[] names)
    {
        var given = many?.Keys ?? single?.Keys ?? (IEnumerable<string>)[];
        if (given.FirstOrDefault(g => !names.Contains(g)) is { } unknown)
        {
            throw new ProblemException(Problem.Invalid(unknown, $"The parameter '{unknown}' is not known here; known are {string.Join(", ", names)}"));
        }
    }

    public string? Text(string name, int maxLength = 200)
    {
        string? value = null;
        if (many is not null && many.TryGetValue(name, out var values))
        {
            value = values.Count <= 1 ? values.FirstOrDefault() : throw Wrong(name, "may be given once");
        }
        else if (single is not null && single.TryGetValue(name, out var only))
        {
            value = only;
        }

        return string.IsNullOrWhiteSpace(value) ? null
            : value.Contains('\0', StringComparison.Ordinal) ? throw Wrong(name, "holds U+0000, which is no text")
            : value.Length <= maxLength ? Nfc.Of(value)
            : throw Wrong(name, $"is longer than {maxLength} characters");
    }

    public string Required(string name, int maxLength = 200) => Text(name, maxLength) ?? throw Wrong(name, "is required");

    public string? OneOf(string name, IReadOnlyList<string> allowed) =>
        Text(name) is not { } value ? null : allowed.Contains(value) ? value : throw Wrong(name, $"must be one of {string.Join(", ", allowed)}");

    public int Integer(string name, int standard, int min, int max) => Integer(name, min, max) ?? standard;

    public int? Integer(string name, int min, int max) =>
        Text(name) is not { } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max ? value
        : throw Wrong(name, $"must be a whole number from {min} to {max}");

    public DateTimeOffset? Time(string name) =>
        Text(name) is not { } text ? null
        : UtcJsonConverter.TryParse(text.Replace(' ', '+'), out var value) ? value
        : throw Wrong(name, "must be an ISO 8601 time with Z or an offset, for example 2026-11-03T18:30:00Z");

    public TimeOrDay? TimeOrDay(string name) =>
        Text(name) is not { } text ? null
        : Domain.Reports.TimeOrDay.Parse(text.Replace(' ', '+')) is { } value ? value
        : throw Wrong(name, "must be an ISO 8601 time with Z or an offset, for example 2026-11-03T18:30:00Z, or a date, for example 2026-11-03");

    /// <summary>west,south,east,north in degrees, as four numbers. West greater than east means that the box crosses the 180th meridian.</summary>
    public double[]? Box(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        var numbers = text.Split(',')
            .Select(p => double.TryParse(p, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) && double.IsFinite(n) ? n : double.NaN)
            .ToArray();
        return numbers is [>= -180 and <= 180, >= -90 and <= 90, >= -180 and <= 180, >= -90 and <= 90] && numbers[1] <= numbers[3]
            ? numbers
            : throw Wrong(name, "must be west,south,east,north in degrees, for example -72.99,41.25,-72.86,41.35 (west greater than east crosses the 180th meridian)");
    }

    private static ProblemException Wrong(string name, string what) => new(Problem.Invalid(name, $"{name} {what}"));
}
