namespace DomainFlow.Playbooks.Questions;

/// <summary>Which reports a tool call is about; what is null does not limit.</summary>
/// <param name="Categories">Ids of categories, of which a report has one.</param>
/// <param name="From">Reported at this time or later.</param>
/// <param name="To">Reported before this time.</param>
/// <param name="Near">Within this circle.</param>
/// <param name="PlaceText">Words that location_text or the text must hold, for a place that the gazetteer does not know.</param>
/// <param name="WorkStatuses">pending, in_progress, resolved, closed; a report has one of them.</param>
/// <param name="Urgency">low, medium, high or critical.</param>
/// <param name="Text">Words that the text must hold; "or" between two means either.</param>
/// <param name="NotCategories">Ids of categories that a report must not have.</param>
/// <param name="Streets">Names of streets; a report's address lies on one of them (see <see cref="StreetAddress"/>).</param>
/// <param name="HasPhotos">Only reports with photos, or only those without.</param>
public sealed record ReportFilter(
    IReadOnlyList<string>? Categories = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    GeoCircle? Near = null,
    string? PlaceText = null,
    IReadOnlyList<string>? WorkStatuses = null,
    string? Urgency = null,
    string? Text = null,
    IReadOnlyList<string>? NotCategories = null,
    IReadOnlyList<string>? Streets = null,
    bool? HasPhotos = null)
{
    public static ReportFilter None { get; } = new();

    /// <summary>Both filters at once; where both speak of one thing, this one decides, and times are cut to what both allow.</summary>
    public ReportFilter And(ReportFilter other) => new(
        Categories ?? other.Categories,
        From is { } from && other.From is { } otherFrom ? (from > otherFrom ? from : otherFrom) : From ?? other.From,
        To is { } to && other.To is { } otherTo ? (to < otherTo ? to : otherTo) : To ?? other.To,
        Near ?? other.Near,
        PlaceText ?? other.PlaceText,
        WorkStatuses ?? other.WorkStatuses,
        Urgency ?? other.Urgency,
        Text ?? other.Text,
        NotCategories ?? other.NotCategories,
        Streets ?? other.Streets,
        HasPhotos ?? other.HasPhotos);
}

/// <summary>A circle on the earth, in degrees and metres.</summary>
public sealed record GeoCircle(double Longitude, double Latitude, double RadiusMetres, string Name);
