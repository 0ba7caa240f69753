using DomainFlow.Playbooks.Agents;

namespace DomainFlow.Playbooks;

/// <summary>A report as the ingestion playbook gets it.</summary>
/// <param name="Text">As the reporter wrote it.</param>
/// <param name="ReportedAt">Relative times in the text count from it.</param>
/// <param name="Language">ISO 639-1 code; null for the domain's.</param>
/// <param name="Photos">What the photos' own metadata says.</param>
/// <param name="Images">The photos, scaled down and without metadata, for models that see.</param>
/// <param name="Answer">What the reporter answered when asked for more.</param>
/// <param name="Address">Where the source of the report says it is, in words.</param>
public sealed record ReportText(
    string Text,
    DateTimeOffset ReportedAt,
    string? Language = null,
    IReadOnlyList<PhotoFacts>? Photos = null,
    IReadOnlyList<ReportImage>? Images = null,
    string? Answer = null,
    string? Address = null);

/// <summary>EXIF of one photo.</summary>
/// <param name="Number">From 1, as announced with the report.</param>
/// <param name="TakenAt">When the camera says it was taken.</param>
/// <param name="Location">Longitude and latitude in degrees.</param>
/// <param name="TakenLocal">The camera's clock where its offset is not known: read in the domain's time zone.</param>
public sealed record PhotoFacts(int Number, DateTimeOffset? TakenAt, (double Longitude, double Latitude)? Location, DateTime? TakenLocal = null);
