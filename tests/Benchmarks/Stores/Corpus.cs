namespace DomainFlow.Benchmarks.Stores;

/// <summary>A generated report. Longitude and latitude in degrees.</summary>
internal sealed record CorpusReport(Guid Id, string Text, string Category, string Street, double Longitude, double Latitude, DateTimeOffset At);

/// <summary>Reports as people might write them about one city, the same for the same seed.</summary>
internal sealed class Corpus(IReadOnlyList<string> streets, int seed)
{
    /// <summary>A word of exactly <see cref="RareReports"/> of a store's reports.</summary>
    public const string RareWord = "kingfisher";

    public const int RareReports = 5;

    /// <summary>So many of a store's reports, where it has them, lie in <see cref="Box"/>; none of its others does.</summary>
    public const int BoxReports = 200;

    /// <summary>West, south, east, north.</summary>
    public static readonly (double West, double South, double East, double North) Box = (-70.27, 43.65, -70.25, 43.66);

    private static readonly (double West, double South, double East, double North) City = (-70.40, 43.60, -70.10, 43.80);

    private static readonly DateTimeOffset Latest = new(2026, 6, 30, 18, 0, 0, TimeSpan.Zero);

    private static readonly (string Category, string[] Openings)[] Subjects =
    [
        ("pothole", ["Large pothole on", "Deep hole in the road on", "The road surface is breaking up on", "Pothole damaged my wheel on"]),
        ("street_light", ["Street light out on", "The lamp flickers all night on", "Lamp post is dark on", "Two lights are broken on"]),
        ("illegal_dumping", ["Rubble was dumped on", "Somebody left mattresses on", "Bags of trash pile up on", "Old tires were thrown out on"]),
        ("graffiti", ["Graffiti on a wall on", "Fresh spray paint on the shutters on", "Tags all over the fence on", "Paint on the mailbox on"]),
        ("fallen_tree", ["A tree fell across", "Large branch hangs over", "Roots lift the pavement on", "Tree leans against the wires on"]),
        ("flooding", ["Water stands after the rain on", "The drain is blocked on", "Basement flooded again on", "Gutter overflows on"]),
        ("noise", ["Loud music every night on", "Construction noise before seven on", "Dogs bark for hours on", "Engines run all night on"]),
    ];

    private static readonly string[] Details =
    [
        "about two feet wide", "near the corner", "right in front of the school", "next to the bus stop", "since last Tuesday", "for three weeks now",
        "cars swerve around it", "children walk here every morning", "it gets worse each day", "I called twice already", "nobody came so far",
        "close to the crossing", "behind the parked vans", "it is dangerous after dark", "my neighbour nearly fell", "please send somebody soon",
        "the smell is awful", "it happened during the storm", "a cyclist was hurt", "it blocks the whole sidewalk", "the sign is missing too",
    ];

    private readonly Random random = new(seed);

    /// <summary>A store of its own: <see cref="RareReports"/> with the rare word and <see cref="BoxReports"/> in the box, spread evenly.</summary>
    public IEnumerable<CorpusReport> Reports(int count)
    {
        for (var place = 0; place < count; place++)
            yield return Next(place, rare: IsPicked(place, count, RareReports), boxed: IsPicked(place, count, BoxReports));
    }

    /// <summary>What other tenants have: anywhere in the same city, and the rare word once in a thousand.</summary>
    public IEnumerable<CorpusReport> Others(int count)
    {
        for (var place = 0; place < count; place++) yield return Next(place, rare: random.Next(1000) == 0, boxed: null);
    }

    /// <summary>Words that people might search for: a subject and a street.</summary>
    public string Question()
    {
        var (_, openings) = Pick(Subjects);
        return $"{Pick(openings)} {Pick(streets)}";
    }

    /// <summary>Text of a new report.</summary>
    public string Text() => Text(Pick(Subjects).Openings, Pick(streets));

    private CorpusReport Next(int place, bool rare, bool? boxed)
    {
        var (category, openings) = Pick(Subjects);
        var street = Pick(streets);
        var text = Text(openings, street) + (rare ? $" A {RareWord} nests there." : "");
        var (longitude, latitude) = Position(boxed);
        return new(Guid.CreateVersion7(Latest.AddMinutes(-place)), text, category, street, longitude, latitude, Latest.AddMinutes(-(random.NextDouble() * 525_600)));
    }

    private static bool IsPicked(int place, int count, int wanted) => place % Math.Max(1, count / wanted) == 0 && place / Math.Max(1, count / wanted) < wanted;

    private string Text(string[] openings, string street)
    {
        var details = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick(Details)).Distinct();
        return $"{Pick(openings)} {street} in front of no. {random.Next(1, 400)}, {string.Join(", ", details)}. Reference {random.Next(10_000, 99_999)}.";
    }

    /// <param name="boxed">In the box, outside of it, or (null) anywhere.</param>
    private (double Longitude, double Latitude) Position(bool? boxed)
    {
        while (true)
        {
            var (longitude, latitude) = boxed == true
                ? (Between(Box.West, Box.East), Between(Box.South, Box.North))
                : (Between(City.West, City.East), Between(City.South, City.North));
            var inside = longitude >= Box.West && longitude <= Box.East && latitude >= Box.South && latitude <= Box.North;
            if (boxed is null || inside == boxed) return (longitude, latitude);
        }
    }

    private double Between(double low, double high) => low + (random.NextDouble() * (high - low));

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
