using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Places;
using DomainFlow.Playbooks.Tests.Support;

namespace DomainFlow.Playbooks.Tests.Places;

public sealed class GazetteerTests
{
    private static readonly Gazetteer Town = new(
    [
        Make.Street("Chapel Street", -72.920, 41.310),
        Make.Street("Orange Street", -72.919, 41.311),
        Make.Street("Whalley Avenue", -72.990, 41.390),
        Make.Street("Old Whalley Avenue", -72.950, 41.320),
        Make.Street("Saint John Street", -72.912, 41.306),
        new Place("New Haven Green", "park", ["the Green"], -72.926, 41.308, 150),
        new Place("Union Station", "station", ["train station"], -72.926, 41.297, 120),
        Make.Street("Mill Lane", -72.90, 41.30),
        Make.Street("Mill Lane", -72.80, 41.20),
    ]);

    [Theory]
    [InlineData("A hole on Chapel Street.", "Chapel Street", "Chapel Street")]
    [InlineData("A hole on CHAPEL ST. again", "CHAPEL ST", "Chapel Street")]
    [InlineData("near 204 Chapel St, New Haven", "204 Chapel St", "204 Chapel Street")]
    [InlineData("at 56-110 Whalley Ave", "56-110 Whalley Ave", "56-110 Whalley Avenue")]
    [InlineData("at 12b Old Whalley Av", "12b Old Whalley Av", "12b Old Whalley Avenue")]
    [InlineData("on St. John St today", "St. John St", "Saint John Street")]
    [InlineData("lamp on Chappel Street", "Chappel Street", "Chapel Street")]
    [InlineData("tree at the Green", "Green", "New Haven Green")]
    [InlineData("graffiti at union staton", "union staton", "Union Station")]
    [InlineData("behind the train station", "train station", "Union Station")]
    [InlineData("corner of Chapel St and Orange St", "Chapel St and Orange St", "Chapel Street & Orange Street")]
    [InlineData("Orange/Chapel Street is dark", "Orange/Chapel Street", "Orange Street & Chapel Street")]
    [InlineData("pothole on Chapel & Orange", "Chapel & Orange", "Chapel Street & Orange Street")]
    [InlineData("Went from Whalley Ave to Union Station and fell there on Orange Street", "Orange Street", "Orange Street")]
    public void A_place_is_found_by_its_words(string text, string words, string address)
    {
        var match = Town.Find(text)[0];
        Assert.Equal((words, address), (match.Text, match.Address));
        Assert.Equal(words, text.Substring(match.Start, words.Length));
        Assert.NotNull(match.Longitude);
    }

    [Theory]
    [InlineData("A hole somewhere in the road")]
    [InlineData("an orange car on the green grass")]
    [InlineData("the chapel is closed")]
    public void Everyday_words_are_no_places(string text) => Assert.Empty(Town.Find(text));

    [Fact]
    public void A_name_that_two_places_share_gives_no_position()
    {
        var match = Assert.Single(Town.Find("flood on Mill Lane"));
        Assert.Null(match.Longitude);
        Assert.True(match.Score < 0.5);
    }

    [Fact]
    public void Streets_that_do_not_meet_give_no_crossing() => Assert.Null(Town.Find("Chapel St and Whalley Ave")[0].Longitude);

    [Fact]
    public void Five_thousand_places_are_indexed_and_searched_in_bounded_work()
    {
        var places = Enumerable.Range(0, 5000).Select(i => Make.Street($"{Syllables(i)} Street", -72 + (i * 1e-5), 41)).ToList();
        var gazetteer = new Gazetteer(places);
        for (var i = 0; i < 5000; i += 97)
            Assert.Equal(places[i].Name, gazetteer.Find($"Something broke on {Syllables(i)} St today")[0].Name);
    }

    [Theory]
    [InlineData("at 41.3083, -72.9279", 41.3083, -72.9279)]
    [InlineData("GPS 43.65505 N, 70.27474 W. Blocked", 43.65505, -70.27474)]
    [InlineData("lat: 41.3083 lon: -72.9279", 41.3083, -72.9279)]
    [InlineData("41°18'30\"N 72°55'40\"W", 41.308333, -72.927778)]
    [InlineData("41° 18.5′ N, 72° 55.6′ W", 41.308333, -72.926667)]
    [InlineData("33.8688° S, 151.2093° E", -33.8688, 151.2093)]
    public void Coordinates_are_read_in_several_notations(string text, double latitude, double longitude)
    {
        var found = Coordinates.Find(text)!;
        Assert.Equal((latitude, longitude), (Math.Round(found.Latitude, 6), Math.Round(found.Longitude, 6)));
    }

    [Theory]
    [InlineData("call 203.555.0142 or pay 12.50, 13.75 dollars each 3.5 4")]
    [InlineData("95.1234, 10.1234")]
    [InlineData("no numbers")]
    public void What_is_no_position_is_not_taken_for_one(string text) =>
        Assert.True(Coordinates.Find(text) is null or { Latitude: 12.5 });

    private static string Syllables(int number)
    {
        const string Consonants = "bdfglmnprstv";
        const string Vowels = "aeiou";
        var name = "";
        for (var rest = number + 60; rest > 0; rest /= 60)
            name += $"{Consonants[rest % 12]}{Vowels[rest / 12 % 5]}";
        return char.ToUpperInvariant(name[0]) + name[1..];
    }

    [Fact]
    public void A_word_longer_than_any_name_is_not_looked_up_by_its_misspellings()
    {
        var word = string.Concat(Enumerable.Range(0, 2000).Select(place => (char)('a' + (place * 7 % 26))));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Empty(Town.Find($"on {word} today"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }
}
