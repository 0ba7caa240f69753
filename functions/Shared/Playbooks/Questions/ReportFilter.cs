namespace DomainFlow.Playbooks.Questions;

/// <summary>Which reports a tool call is about; what is null does not limit.</summary>
/// <param name="Category">Id of a category.</param>
/// <param name="From">Reported at this time or later.</param>
/// <param name="To">Reported before this time.</param>
/// <param name="Near">Within this circle.</param>
/// <param name="PlaceText">Words that location_text or the text must hold, for a place that the gazetteer does not know.</param>
/// <param name="WorkStatus">pending, in_progress, resolved or closed.</param>
/// <param name="Urgency">low, medium, high or critical.</param>
/// <param name="Text">Words that the text must hold.</param>
public sealed record ReportFilter(
    string? Category = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    GeoCircle? Near = null,
    string? PlaceText = null,
    string? WorkStatus = null,
    string? Urgency = null,
    string? Text = null)
{
    public static ReportFilter None { get; } = new();

    /// <summary>Both filters at once; where both speak of one thing, this one decides, and times are cut to what both allow.</summary>
    public ReportFilter And(ReportFilter other) => new(
        Category ?? other.Category,
        From is { } from && other.From is { } otherFrom ? (from > otherFrom ? from : otherFrom) : From ?? other.From,
        To is { } to && other.To is { } otherTo ? (to < otherTo ? to : otherTo) : To ?? other.To,
        Near ?? other.Near,
        PlaceText ?? other.PlaceText,
        WorkStatus ?? other.WorkStatus,
        Urgency ?? other.Urgency,
        Text ?? other.Text);
}

/// <summary>A circle on the earth, in degrees and metres.</summary>
public sealed record GeoCircle(double Longitude, double Latitude, double RadiusMetres, string Name);
