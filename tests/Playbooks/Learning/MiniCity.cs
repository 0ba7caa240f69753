using DomainFlow.Playbooks.Learning;

namespace DomainFlow.Playbooks.Tests.Learning;

/// <summary>An invented city of straight streets: numbered houses every 20 m, three kinds of complaint. The same every time.</summary>
internal static class MiniCity
{
    public const double West = -72.95;
    public const double South = 41.30;
    private const double MetresPerLatitude = 111_195;
    private static readonly string[] Avenues = ["Alder", "Birch", "Cedar", "Dogwood"];
    private static readonly string[] Streets = ["First", "Second", "Third"];

    private static readonly (string Category, string[] Texts)[] Complaints =
    [
        ("Road Damage", ["deep pothole in the road", "potholes everywhere, road is crumbling", "the asphalt has a big pothole"]),
        ("Street Light", ["lamp is out again", "street lamp flickers at night", "dark corner, the lamp does not work"]),
        ("Waste", ["trash was not collected", "garbage bags pile up", "someone dumped trash and garbage here"]),
    ];

    /// <summary>Where a house stands: avenues run north, streets run east, 400 m from each other; a number is 5 m.</summary>
    public static (double Longitude, double Latitude) At(string street, int number)
    {
        var avenue = Array.IndexOf(Avenues, street);
        return avenue >= 0 ? Metres(400 * avenue, 5 * number) : Metres(5 * number, 400 * Array.IndexOf(Streets, street));
    }

    public static (double Longitude, double Latitude) Crossing(string avenue, string street) =>
        Metres(400 * Array.IndexOf(Avenues, avenue), 400 * Array.IndexOf(Streets, street));

    public static IReadOnlyList<LabelledReport> Reports() =>
    [
        .. from street in Avenues.Concat(Streets)
           from number in Enumerable.Range(0, 40).Select(step => 4 + (4 * step))
           let complaint = Complaints[(number / 4) % Complaints.Length]
           let kind = Array.IndexOf(Avenues, street) >= 0 ? "Ave" : "Street"
           select new LabelledReport(
               number % 16 == 0 ? complaint.Category : "",
               complaint.Texts[number / 12 % complaint.Texts.Length],
               complaint.Category,
               $"{number} {street} {kind} Miniville, XY",
               At(street, number)),
        .. Avenues.SelectMany(avenue => Streets.Select(street => new LabelledReport(
            "", "lamp is out at the corner", "Street Light", $"{avenue} Avenue & {street} St Miniville, XY", Crossing(avenue, street)))),
    ];

    private static (double Longitude, double Latitude) Metres(double east, double north) =>
        (West + (east / (MetresPerLatitude * Math.Cos(South * Math.PI / 180))), South + (north / MetresPerLatitude));
}
