using DomainFlow.Local.Client.Tenants;

namespace DomainFlow.Local.Client.Map;

/// <param name="X">Its middle.</param>
/// <param name="Y">Its base line.</param>
internal sealed record PlaceLabel(string Text, double X, double Y, double Size, bool IsDistrict);

/// <summary>Where names go: the larger places first, a little higher or lower where another name stands, left out where there is no room.</summary>
internal sealed class PlaceLabels(MapFrame frame)
{
    private static readonly double[] Shifts = [0, 12, -12, 22, -22];

    private readonly List<(double Left, double Top, double Right, double Bottom)> taken = [];

    public IEnumerable<PlaceLabel> Of(IEnumerable<GazetteerPlace> places) =>
        places.OrderByDescending(p => p.Kind == "district").ThenByDescending(p => p.RadiusM).ThenBy(p => p.Name, StringComparer.Ordinal).Select(Place).OfType<PlaceLabel>();

    private PlaceLabel? Place(GazetteerPlace place)
    {
        var isDistrict = place.Kind == "district";
        var size = isDistrict ? 14.0 : 9.5;
        var (x, y) = frame.Place(place.Location[0], place.Location[1]);
        // Half of the text's width, by the mean width of a letter; districts are set in spaced capitals.
        var half = place.Name.Length * size * (isDistrict ? 0.42 : 0.27);
        foreach (var shift in Shifts)
        {
            var box = (Left: x - half, Top: y + shift - size, Right: x + half, Bottom: y + shift + 3);
            var isFree = box.Left >= 0 && box.Right <= frame.Width && taken.All(t => box.Right < t.Left || t.Right < box.Left || box.Bottom < t.Top || t.Bottom < box.Top);
            if (!isFree) continue;
            taken.Add(box);
            return new PlaceLabel(isDistrict ? place.Name.ToUpperInvariant() : place.Name, x, y + shift, size, isDistrict);
        }

        return null;
    }
}
