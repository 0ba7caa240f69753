using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Places;
using DomainFlow.Playbooks.Tests.Support;

namespace DomainFlow.Playbooks.Tests.Places;

public sealed class AddressReadingTests
{
    private static readonly Gazetteer World = new(
    [
        Houses("Signal Street", 60, 64, 1062), Houses("Beacon Street", 1060, 1064), Houses("East Fourth Street", 601), Houses("Hauptstraße", 38, 40, 42, 46),
        Houses("Bonner Straße", 5, 9), Houses("Calle Mayor", 10, 12, 14), Houses("Avenida de la Constitución", 3, 20), Houses("Via Roma", 10, 12),
        Houses("Kerkstraat", 10, 12, 14), Houses("Rua Augusta", 1490, 1500), Houses("Rue de la Paix", 10, 12), Houses("West Springfield Street", 198),
        Houses("Temple Street", 21, 23), Houses("Brewer Street", 2), Houses("North Beacon Street", 103), Houses("23rd Avenue", 7), Houses("Chapel Street", 200, 204),
        Make.Street("Charles River Plaza", -72.91, 41.30), Make.Street("Cambridge Street", -72.91, 41.301), Make.Street("Asticou Road", -72.92, 41.30),
        Make.Street("Washington Street", -72.92, 41.301), Make.Street("Cross Street"), Make.Street("A Street"), Make.Street("Main Street"),
        Make.Street("Bahnhofstraße", -72.92, 41.31), Make.Street("Plaza Mayor"), new Place("Münsterplatz", "square", [], 7.1, 50.7, 80),
        new Place("Park", "park", [], 7.1, 50.7, 80), Make.Street("Carrer de Balmes"), Make.Street("Piazza Navona"), Make.Street("Twenty-Second Street"),
    ]);

    [Theory]
    [InlineData("A01", "Schlagloch Hauptstraße 40-46", "40-46", "Hauptstraße 40-46")]
    [InlineData("A01", "Schlagloch Hauptstraße 40", "40", "Hauptstraße 40")]
    [InlineData("A01", "Schlagloch Hauptstraße 40a", "40a", "Hauptstraße 40a")]
    [InlineData("A03", "Graffiti at 62 1/2 Signal Street", "62 1/2", "62 1/2 Signal Street")]
    [InlineData("A05", "Graffiti at 62½ Signal Street", "62½", "62½ Signal Street")]
    [InlineData("A05", "Graffiti at 62-A Signal Street", "62-A", "62-A Signal Street")]
    [InlineData("A05", "Graffiti at 62 A Signal Street", "62 A", "62 A Signal Street")]
    [InlineData("A05", "Graffiti at 62A Signal Street", "62A", "62A Signal Street")]
    [InlineData("A06", "In 2026, Beacon Street lost its trees.", null, "Beacon Street")]
    [InlineData("A06", "1,062 Beacon Street lost its trees.", "1,062", "1,062 Beacon Street")]
    [InlineData("A08", "Leak at 601 E 4th St", "601", "601 East Fourth Street")]
    [InlineData("A08", "Leak at 601 E. Fourth St.", "601", "601 East Fourth Street")]
    [InlineData("A09", "INTERSECTION of Charles River Plz & Cambridge St", null, "Charles River Plaza & Cambridge Street")]
    [InlineData("A12", "Lärm am Mu\u0308nsterplatz", null, "Münsterplatz")]
    [InlineData("A14", "198 W Springfield St  Roxbury  MA", "198", "198 West Springfield Street")]
    [InlineData("A14", "21-23 Temple St", "21-23", "21-23 Temple Street")]
    [InlineData("A14", "2D Brewer St", "2D", "2D Brewer Street")]
    [InlineData("A14", "INTERSECTION of Asticou Rd & Washington St", null, "Asticou Road & Washington Street")]
    [InlineData("A14", "103 N Beacon St", "103", "103 North Beacon Street")]
    [InlineData("year", "In 2026 Beacon Street lost its trees", null, "Beacon Street")]
    [InlineData("year", "since 2019 Beacon Street is dark", null, "Beacon Street")]
    [InlineData("day", "On May 5 Beacon Street was dark", null, "Beacon Street")]
    [InlineData("route", "Route 9, Beacon Street", null, "Beacon Street")]
    [InlineData("house", "at 1062 Beacon Street", "1062", "1062 Beacon Street")]
    [InlineData("es", "Bache en Calle Mayor, 12", "12", "Calle Mayor 12")]
    [InlineData("es", "Bache en C/ Mayor 12", "12", "Calle Mayor 12")]
    [InlineData("es", "Bache en calle Mayor nº 12, frente al bar", "12", "Calle Mayor 12")]
    [InlineData("es", "Avda. de la Constitución 20 está oscura", "20", "Avenida de la Constitución 20")]
    [InlineData("es", "farola en Avda. Constitución, 20", "20", "Avenida de la Constitución 20")]
    [InlineData("es", "basura en la Pza. Mayor", null, "Plaza Mayor")]
    [InlineData("it", "buca in Via Roma 12/A", "12/A", "Via Roma 12/A")]
    [InlineData("it", "buca in via Roma, 12", "12", "Via Roma 12")]
    [InlineData("it", "lampione rotto in P.za Navona", null, "Piazza Navona")]
    [InlineData("nl", "Kuil in Kerkstraat 12bis", "12bis", "Kerkstraat 12bis")]
    [InlineData("nl", "Kuil in de Kerkstr. 12-14", "12-14", "Kerkstraat 12-14")]
    [InlineData("pt", "buraco na Rua Augusta, 1500", "1500", "Rua Augusta 1500")]
    [InlineData("pt", "buraco na R. Augusta 1500", "1500", "Rua Augusta 1500")]
    [InlineData("fr", "nid-de-poule au 12, rue de la Paix", "12", "12 Rue de la Paix")]
    [InlineData("fr", "12 rue de la Paix", "12", "12 Rue de la Paix")]
    [InlineData("de", "Lampe in der Hauptstr. 40 a.", "40 a", "Hauptstraße 40 a")]
    [InlineData("de", "Lampe in der Hauptstrasse 40", "40", "Hauptstraße 40")]
    [InlineData("de", "Lampe Bonner Str. 5", "5", "Bonner Straße 5")]
    [InlineData("de", "Hauptstraße Nr. 40", "40", "Hauptstraße 40")]
    [InlineData("de", "in der Hauptstraße 2 Laternen aus", null, "Hauptstraße")]
    [InlineData("de", "Hauptstraße 3 Tage ohne Wasser", null, "Hauptstraße")]
    [InlineData("de", "Hauptstraße 12:30 Unfall", null, "Hauptstraße")]
    [InlineData("de", "Ecke Hauptstraße/Bahnhofstraße", null, "Hauptstraße & Bahnhofstraße")]
    [InlineData("ca", "forat a c/ Balmes", null, "Carrer de Balmes")]
    [InlineData("ordinal", "tree at 7 Twenty-Third Ave", "7", "7 23rd Avenue")]
    [InlineData("ordinal", "tree at 7 23rd Ave", "7", "7 23rd Avenue")]
    [InlineData("ordinal", "tree on 22nd St", null, "Twenty-Second Street")]
    [InlineData("at sign", "crash Asticou Rd @ Washington St", null, "Asticou Road & Washington Street")]
    [InlineData("behind, English", "Broken lamp, Chapel Street 204", "204", "204 Chapel Street")]
    [InlineData("count, English", "on Chapel Street 2 cars collided", null, "Chapel Street")]
    [InlineData("days, English", "on Chapel Street 3 days ago", null, "Chapel Street")]
    [InlineData("capital", "40 cross street is dark", "40", "40 Cross Street")]
    [InlineData("capital", "on Cross Street", null, "Cross Street")]
    [InlineData("capital", "on A Street", null, "A Street")]
    [InlineData("lower case", "on chapel street", null, "Chapel Street")]
    [InlineData("lower case", "pothole on main street", null, "Main Street")]
    public void A_house_and_its_street_are_found(string row, string text, string? number, string address)
    {
        var match = World.Find(text).FirstOrDefault();
        Assert.Equal((row, number, address), (row, match?.HouseNumber, match?.Address));
    }

    [Theory]
    [InlineData("There is a hole in a street")]
    [InlineData("the nearest cross street is unknown")]
    [InlineData("no cross street given")]
    [InlineData("A street lamp is out")]
    [InlineData("A STREET LIGHT IS OUT")]
    [InlineData("dogs in park")]
    [InlineData("He ran across. Street lights are out")]
    [InlineData("each main street shop")]
    public void Everyday_words_are_no_street(string text) => Assert.Empty(World.Find(text));

    [Theory]
    [InlineData("A01", "Schlagloch Hauptstraße 40")]
    [InlineData("A03", "Graffiti at 62 1/2 Signal Street")]
    public void A_known_house_is_placed_closely(string row, string text)
    {
        var match = World.Find(text)[0];
        Assert.True(match is { RadiusMetres: <= 250, Longitude: not null }, row);
    }

    [Theory]
    [InlineData("Münsterplatz")]
    [InlineData("Mu\u0308nsterplatz")]
    [InlineData("MÜNSTERPLATZ")]
    [InlineData("Munsterplatz")]
    [InlineData("Muensterplatz")]
    public void One_name_is_found_in_all_its_spellings(string name) => Assert.Equal("Münsterplatz", World.Find($"Lärm am {name}")[0].Name);

    private static Place Houses(string name, params int[] numbers) =>
        Make.Street(name) with { Houses = [.. numbers.Select(number => new House(number, -72.92 + (number * 1e-5), 41.31))] };
}
