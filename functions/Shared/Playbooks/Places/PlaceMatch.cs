namespace DomainFlow.Playbooks.Places;

/// <summary>A place of the gazetteer that a text names.</summary>
/// <param name="Start">First character in the text.</param>
/// <param name="Text">The words as they stand in the text, house number and crossing included.</param>
/// <param name="Name">The gazetteer's name; both names of a crossing.</param>
/// <param name="Kind">The gazetteer's kind, or <c>crossing</c>.</param>
/// <param name="Longitude">Null where the text names something real whose position is not known: an ambiguous name, streets that do not meet.</param>
/// <param name="Latitude">Null with <paramref name="Longitude"/>.</param>
/// <param name="RadiusMetres">Within this distance.</param>
/// <param name="Score">How surely the text names this place, 0 to 1.</param>
public sealed record PlaceMatch(
    int Start,
    string Text,
    string Name,
    string Kind,
    double? Longitude,
    double? Latitude,
    double RadiusMetres,
    double Score,
    string? HouseNumber = null,
    bool HasNumberAfter = false)
{
    public int End => Start + Text.Length;

    /// <summary>However clear a name is, one text in ten tells of something that happened elsewhere; of crossings, which are narrow, one in seven.</summary>
    private double Most => Kind is Crossings.Kind or Crossings.BlockKind ? 0.85 : 0.89;

    /// <summary>How surely it happened within the radius of the position, 0 to 1: a name that covers much ground says little.</summary>
    public double Confidence => Math.Min(Most, Score * Math.Clamp(1.25 - (RadiusMetres / 1000), 0.5, 1));

    /// <summary>The house number and the gazetteer's name.</summary>
    public string Address => HouseNumber is null ? Name : HasNumberAfter ? $"{Name} {HouseNumber}" : $"{HouseNumber} {Name}";
}
