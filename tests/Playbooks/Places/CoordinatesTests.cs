using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Places;
using DomainFlow.Playbooks.Tests.Support;

namespace DomainFlow.Playbooks.Tests.Places;

public sealed class CoordinatesTests
{
    private static readonly DomainArea Portland = Around(new Place("Signal Street", "street", [], -70.2598, 43.6599, 300));
    private static readonly DomainArea Bonn = Around(new Place("Münsterplatz", "square", [], 7.0982, 50.7374, 300));

    [Theory]
    [InlineData("P10", "N 50° 44.244' E 007° 05.892'")]
    [InlineData("P11", "N 50.7374 E 7.0982")]
    [InlineData("P13", "50,7374; 7,0982")]
    [InlineData("P14", "https://www.google.com/maps/place/Rathaus/@50.745,7.12,15z/data=!3m1!4b1!4m6!3m5!1s0x0:0x1!8m2!3d50.7374!4d7.0982!16s")]
    [InlineData("P17", "Treffpunkt 9F29P3PX+X7, bitte")]
    [InlineData("P18", "50°44'14.6''N 007°05'53.5''E")]
    [InlineData("degrees and minutes, hemisphere behind", "50° 44.244′ N, 7° 5.892′ E")]
    [InlineData("longitude first", "E 7.0982, N 50.7374")]
    [InlineData("longitude first, hemisphere behind", "7.0982° E / 50.7374° N")]
    [InlineData("German letters", "50.7374 N, 7.0982 O")]
    [InlineData("touching letters", "N50.7374, E7.0982")]
    [InlineData("letters behind", "50.7374N 7.0982E")]
    [InlineData("words", "50.7374 Nord 7.0982 Ost")]
    [InlineData("labels", "Breite: 50,7374, Länge: 7,0982")]
    [InlineData("labels, longitude first", "lng=7.0982 lat=50.7374")]
    [InlineData("JSON", "{\"lat\": 50.7374, \"lon\": 7.0982}")]
    [InlineData("typographic marks", "50°44’14.6” N 7°5’53.5” E")]
    [InlineData("primes", "50° 44′ 14.6″ N, 7° 5′ 53.5″ E")]
    [InlineData("prefix", "N 50°44'14.6\" E 7°5'53.5\"")]
    [InlineData("longitude first in degrees", "E 7° 5' 53.5\" N 50° 44' 14.6\"")]
    [InlineData("without marks", "50 44 14.6 N, 7 5 53.5 E")]
    [InlineData("without hemispheres", "50°44'14.6\", 7°5'53.5\"")]
    [InlineData("words for marks", "50 deg 44 min 14.6 sec N 7 deg 5 min 53.5 sec E")]
    [InlineData("comma in minutes", "N 50° 44,244' E 7° 5,892'")]
    [InlineData("four decimals", "Loch bei 50.7374 7.0982 gesehen")]
    [InlineData("slash", "50,7374 / 7,0982")]
    [InlineData("brackets", "(50.7374, 7.0982)")]
    [InlineData("Google pin in a query", "https://maps.google.com/?q=50.7374,7.0982")]
    [InlineData("Google encoded", "https://www.google.com/maps/search/?api=1&query=50.7374%2C7.0982")]
    [InlineData("Google path", "https://www.google.com/maps/place/50.7374,7.0982/@50.74,7.12,17z")]
    [InlineData("OpenStreetMap marker", "https://www.openstreetmap.org/?mlat=50.7374&mlon=7.0982#map=15/50.75/7.12")]
    [InlineData("Apple", "https://maps.apple.com/?ll=50.7374,7.0982&q=Rathaus")]
    [InlineData("geo URI", "geo:50.7374,7.0982;u=20")]
    [InlineData("geo URI with a query", "geo:0,0?q=50.7374,7.0982(Loch)")]
    [InlineData("Bing", "https://www.bing.com/maps?cp=50.7374~7.0982&lvl=16")]
    [InlineData("short plus code", "P3PX+X7 Bonn")]
    [InlineData("swapped", "7.0982, 50.7374")]
    public void A_position_near_the_domain_is_read(string row, string text)
    {
        var found = Coordinates.Find(text, "de", Bonn);
        Assert.True(found is not null, row);
        Assert.InRange(Distance.Metres(found.Longitude, found.Latitude, 50.7374, 7.0982), 0, 20);
        Assert.True(found.Confidence >= (text.Contains("#map", StringComparison.Ordinal) || text.Contains("cp=", StringComparison.Ordinal) ? 0.5 : 0.8), row);
        Assert.Contains(found.Text, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("41.31, -72.92", -72.92, 41.31)]
    [InlineData("33.8688 S 151.2093 E", 151.2093, -33.8688)]
    [InlineData("S 33° 52' 7.7\" E 151° 12' 33.5\"", 151.2093, -33.8688)]
    [InlineData("40,4168° N, 3,7038° O", -3.7038, 40.4168)]
    [InlineData("lat -34.6037 long -58.3816", -58.3816, -34.6037)]
    [InlineData("38.7223 N 9.1393 oeste", -9.1393, 38.7223)]
    [InlineData("8FVC9G8F+6X", 8.52481, 47.36556)]
    public void Without_places_every_position_counts(string text, double longitude, double latitude)
    {
        var found = Coordinates.Find(text, "es")!;
        Assert.InRange(Distance.Metres(found.Longitude, found.Latitude, latitude, longitude), 0, 25);
        Assert.True(found.Confidence > 0.9);
    }

    [Theory]
    [InlineData("P01", "Meter readings 12.50, 13.75 on Signal Street")]
    [InlineData("P02", "Low pressure on Signal Street: 30.25/28.10 psi")]
    [InlineData("P17", "///three.words.here")]
    [InlineData("prices", "It cost 45.50, 60.75 dollars")]
    [InlineData("telephone", "call 203.555.0142 or 617-555-0123")]
    [InlineData("version", "app 12.4.1, 13.0.2 crashed")]
    [InlineData("IP", "from 192.168.10.12, 10.0.0.12")]
    [InlineData("range", "12.5000-13.7500 metres")]
    [InlineData("units", "43.6599m by 70.2598m")]
    [InlineData("temperatures", "between 20.5° and 25.3°")]
    [InlineData("zero", "0.0000, 0.0000")]
    [InlineData("off the earth", "95.1234, 200.1234")]
    [InlineData("sum", "2222+22 calls")]
    [InlineData("Arabic digits", "٤٣.٦٥٩٩, ٧٠.٢٥٩٨")]
    [InlineData("link without a position", "https://www.openstreetmap.org/way/12345678")]
    [InlineData("date and time", "2026-11-05 12:30:45, 13:05:59")]
    public void What_has_not_the_form_of_a_position_is_none(string row, string text) =>
        Assert.True(Coordinates.Find(text, "en", Portland) is null, row);

    [Fact]
    public void P05_a_swapped_position_is_put_right_and_less_sure()
    {
        var found = Coordinates.Find("Pothole at -70.2598, 43.6599", "en", Portland)!;
        Assert.Equal((-70.2598, 43.6599, PositionFit.Swapped), (found.Longitude, found.Latitude, found.Fit));
        Assert.InRange(found.Confidence, 0.5, 0.9);
    }

    [Fact]
    public void A_latitude_beyond_the_pole_is_a_longitude_where_the_domain_lies_there()
    {
        var found = Coordinates.Find("-122.4194, 37.7749", "en", Around(new Place("Mission", "district", [], -122.42, 37.76, 500)))!;
        Assert.Equal((-122.4194, 37.7749), (found.Longitude, found.Latitude));
    }

    [Theory]
    [InlineData("12.5012, 13.7512")]
    [InlineData("-12.50, 13.75")]
    public void A_position_far_from_every_place_is_unsure(string text) => Assert.InRange(Coordinates.Find(text, "en", Portland)!.Confidence, 0, 0.3);

    [Fact]
    public void The_middle_of_a_map_is_as_wide_as_the_map()
    {
        var found = Coordinates.Find("https://www.openstreetmap.org/#map=15/50.7374/7.0982", "de", Bonn)!;
        Assert.True(found is { IsView: true, RadiusMetres: > 500, Confidence: < 0.7 });
    }

    [Theory]
    [InlineData("41.31, -72.92", 300, 1500)]
    [InlineData("41.3083, -72.9279", 30, 30)]
    [InlineData("41°18' N, 72°55' W", 500, 2000)]
    public void The_radius_is_what_the_digits_leave_open(string text, double least, double most) => Assert.InRange(Coordinates.Find(text)!.RadiusMetres, least, most);

    [Theory]
    [InlineData(-70.30, 43.70, PositionFit.Near)]
    [InlineData(43.6599, -70.2598, PositionFit.Swapped)]
    [InlineData(-71.06, 42.36, PositionFit.Far)]
    [InlineData(400, 43.66, PositionFit.Far)]
    public void A_position_is_compared_with_the_area(double longitude, double latitude, PositionFit fit) => Assert.Equal(fit, Portland.Check(longitude, latitude));

    [Fact]
    public void A_configured_area_counts_instead_of_the_places()
    {
        var area = DomainArea.Of(Make.Civic(Make.Street("Chapel Street")) with { Area = new Area(170, -45, -175, -35) });
        Assert.Equal(
            (PositionFit.Near, PositionFit.Near, PositionFit.Far),
            (area.Check(179.5, -40), area.Check(-179.5, -40), area.Check(-72.92, 41.31)));
    }

    [Fact]
    public void Places_on_both_sides_of_the_date_line_are_neighbours()
    {
        var area = DomainArea.Of(Make.Civic(Make.Street("East", -179.9, -17), Make.Street("West", 179.9, -17)));
        Assert.Equal((PositionFit.Near, PositionFit.Far), (area.Check(180, -17), area.Check(0, -17)));
    }

    private static DomainArea Around(Place place) => DomainArea.Of(Make.Civic(place));
}
