using DomainFlow.Domain.Playbooks;

namespace DomainFlow.Playbooks.Places;

/// <summary>How a position lies to a domain's area.</summary>
public enum PositionFit
{
    /// <summary>Within the area or near it; also where the domain has none.</summary>
    Near,

    /// <summary>Far away, but near where latitude and longitude change places.</summary>
    Swapped,

    /// <summary>Far from every place of the domain.</summary>
    Far,
}

/// <summary>Where a domain's reports come from: its configured area, else the box around its places.</summary>
public sealed class DomainArea
{
    /// <summary>A position so many metres outside the box is still taken for one of the domain.</summary>
    public const double MarginMetres = 50_000;

    private readonly Box? box;

    private DomainArea(Box? box) => this.box = box;

    /// <summary>The middle; null where the domain has no area.</summary>
    public (double Longitude, double Latitude)? Middle =>
        box is null ? null : (Wrap((box.West + box.East) / 2), (box.South + box.North) / 2);

    public static DomainArea Of(DomainConfiguration domain) => new(domain.Area is { } area
        ? new Box(area.West, area.South, area.East < area.West ? area.East + 360 : area.East, area.North)
        : Around(domain.Places));

    /// <summary>Degrees; any finite numbers.</summary>
    public PositionFit Check(double longitude, double latitude)
    {
        if (IsNear(longitude, latitude))
            return PositionFit.Near;
        return box is not null && IsNear(latitude, longitude) ? PositionFit.Swapped : PositionFit.Far;
    }

    private bool IsNear(double longitude, double latitude)
    {
        if (!Geo.IsPosition(longitude, latitude))
            return false;
        if (box is null)
            return true;
        var middle = (box.West + box.East) / 2;
        var around = middle + Math.IEEERemainder(longitude - middle, 360);
        return Geo.Metres(longitude, latitude, Math.Clamp(around, box.West, box.East), Math.Clamp(latitude, box.South, box.North)) <= MarginMetres;
    }

    /// <summary>Places on both sides of the 180th meridian are neighbours.</summary>
    private static Box? Around(IReadOnlyList<Place> places)
    {
        var known = places.Where(place => Geo.IsPosition(place.Longitude, place.Latitude) && (place.Longitude != 0 || place.Latitude != 0)).ToList();
        if (known.Count == 0)
            return null;
        var plain = (West: known.Min(place => place.Longitude), East: known.Max(place => place.Longitude));
        var turned = (West: known.Min(place => Turn(place.Longitude)), East: known.Max(place => Turn(place.Longitude)));
        var (west, east) = plain.East - plain.West <= turned.East - turned.West ? plain : turned;
        return new Box(west, known.Min(place => place.Latitude), east, known.Max(place => place.Latitude));
    }

    private static double Turn(double longitude) => longitude < 0 ? longitude + 360 : longitude;

    private static double Wrap(double longitude) => Math.IEEERemainder(longitude, 360);

    private sealed record Box(double West, double South, double East, double North);
}
