using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.BuiltIn;
using DomainFlow.Playbooks.Learning;
using DomainFlow.Playbooks.Offline;
using DomainFlow.Playbooks.Templates;
using DomainFlow.Playbooks.Tests.Support;

namespace DomainFlow.Playbooks.Tests.Learning;

public sealed class LearnedDomainTests
{
    private static readonly DateTimeOffset At = new(2026, 10, 6, 14, 0, 0, TimeSpan.Zero);
    private static readonly LearnedDomain Learned = DomainLearner.Learn(MiniCity.Reports());
    private static readonly DomainConfiguration City = Make.Civic([.. Learned.Places]) with { Categories = Learned.Categories, Learned = Learned.Model };
    private static readonly IngestionPlaybook Playbook = new(new OfflineChatClient(), TimeProvider.System);

    [Theory]
    [InlineData("a huge pothole opened up", "road-damage")]
    [InlineData("LAMP out since monday", "street-light")]
    [InlineData("the garbage was not collected", "waste")]
    public async Task A_category_is_learned_from_the_reports_of_the_past(string text, string category)
    {
        var entity = (await Read(text))["entity"];
        Assert.Equal(category, (string?)entity["category"]);
        Assert.InRange((double)entity["confidence"]!, 0.4, 1);
    }

    [Theory]
    [InlineData("lamp out at 40 alder ave", "Alder", 40)]
    [InlineData("pothole by 41 Alder Avenue", "Alder", 41)]
    [InlineData("trash at 18-22 First St.", "First", 20)]
    [InlineData("trash at 22 Frist Street", "First", 22)]
    public async Task A_house_is_found_between_its_neighbours(string text, string street, int number)
    {
        var geo = (await Read(text))["geo"];
        Assert.InRange(Metres(geo, MiniCity.At(street, number)), 0, 30);
        Assert.InRange((double)geo["radius_m"]!, 50, 200);
    }

    [Fact]
    public async Task A_house_past_the_last_known_one_lies_on_along_the_street()
    {
        var geo = (await Read("pothole at 190 Birch Ave"))["geo"];
        Assert.True(Metres(geo, MiniCity.At("Birch", 190)) < Metres(MiniCity.At("Birch", 160), MiniCity.At("Birch", 190)));
        Assert.True(Metres(geo, MiniCity.At("Birch", 190)) <= (double)geo["radius_m"]!);
    }

    [Theory]
    [InlineData("dark at the corner of Cedar Ave and Second St", "Cedar", "Second")]
    [InlineData("dark at Cedar & Second", "Cedar", "Second")]
    [InlineData("dark where it is Second Street/Cedar Avenue", "Cedar", "Second")]
    public async Task A_crossing_is_where_the_streets_meet(string text, string avenue, string street)
    {
        var geo = (await Read(text))["geo"];
        Assert.InRange(Metres(geo, MiniCity.Crossing(avenue, street)), 0, 30);
    }

    [Fact]
    public async Task A_block_lies_between_its_two_crossings()
    {
        var geo = (await Read("potholes on Birch Avenue between First Street and Second Street"))["geo"];
        Assert.InRange(Metres(geo, MiniCity.At("Birch", 40)), 0, 60);
        Assert.True((double)geo["radius_m"]! >= 200);
    }

    [Fact]
    public async Task A_street_alone_has_a_radius_that_covers_its_houses()
    {
        var geo = (await Read("potholes all over Birch Avenue"))["geo"];
        var radius = (double)geo["radius_m"]!;
        Assert.All(Enumerable.Range(1, 40), step => Assert.True(Metres(geo, MiniCity.At("Birch", 4 * step)) <= radius));
        Assert.True((double)geo["confidence"]! < (double)(await Read("pothole at 40 Birch Avenue"))["geo"]["confidence"]!);
    }

    [Fact]
    public async Task A_text_without_a_place_has_neither_position_nor_radius()
    {
        var geo = (await Read("the lamp is out"))["geo"];
        Assert.Null(geo["geo_location"]);
        Assert.Null(geo["radius_m"]);
        Assert.Equal(5, geo.Count);
    }

    [Fact]
    public void What_was_learned_is_the_same_after_it_was_written_and_read()
    {
        var places = DomainParts.ToPlaces(JsonNode.Parse(DomainParts.FromPlaces(Learned.Places).ToJsonString()));
        var model = DomainParts.ToLearned(JsonNode.Parse(DomainParts.FromLearned(Learned.Model!).ToJsonString()))!;
        Assert.Equal(Learned.Places.SelectMany(place => place.Houses ?? []), places.SelectMany(place => place.Houses ?? []));
        Assert.Equal(Learned.Model!.Weights, model.Weights);
        Assert.Equal(Learned.Model.Features, model.Features);
        Assert.Equal((Learned.Model.Scale, Learned.Model.Bias[0]), (model.Scale, model.Bias[0]));
    }

    [Fact]
    public void The_same_reports_teach_the_same_domain() =>
        Assert.Equal(Learned.Model!.Weights, DomainLearner.Learn(MiniCity.Reports()).Model!.Weights);

    [Fact]
    public void A_model_that_does_not_fit_its_categories_is_refused()
    {
        var json = DomainParts.FromLearned(Learned.Model!);
        ((JsonArray)json["features"]!).RemoveAt(0);
        Assert.Throws<FormatException>(() => DomainParts.ToLearned(json));
    }

    private static async Task<IReadOnlyDictionary<string, JsonObject>> Read(string text) =>
        (await Playbook.RunAsync(City, BuiltInAgents.All, new ReportText(text, At), CancellationToken.None)).Outputs;

    private static double Metres(JsonObject geo, (double Longitude, double Latitude) truth)
    {
        var at = geo["geo_location"]!["coordinates"]!;
        return Metres(((double)at[0]!, (double)at[1]!), truth);
    }

    private static double Metres((double Longitude, double Latitude) one, (double Longitude, double Latitude) other) =>
        Distance.Metres(one.Longitude, one.Latitude, other.Latitude, other.Longitude);
}
