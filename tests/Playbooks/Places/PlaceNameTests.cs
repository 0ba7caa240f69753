using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.BuiltIn;
using DomainFlow.Playbooks.Offline;
using DomainFlow.Playbooks.Templates;
using DomainFlow.Playbooks.Tests.Support;

namespace DomainFlow.Playbooks.Tests.Places;

/// <summary>A domain without a gazetteer: names by their form, and no position made up for them.</summary>
public sealed class PlaceNameTests
{
    private static readonly DateTimeOffset At = new(2026, 10, 6, 14, 0, 0, TimeSpan.Zero);
    private static readonly IngestionPlaybook Playbook = new(new OfflineChatClient(), TimeProvider.System);
    private static readonly DomainConfiguration Disasters = DomainTemplates.Find("disaster-response")!.ToDomain(Make.Tenant, []);

    [Theory]
    [InlineData("en", "Water is rising in Calgary tonight", "Calgary")]
    [InlineData("en", "RT @CBCNews: Flood waters rising in High River, Alberta. Stay safe", "High River, Alberta")]
    [InlineData("en", "Evacuations ordered near Lake Tahoe as the wildfire spreads", "Lake Tahoe")]
    [InlineData("en", "Flash flood warning for Boulder County until 9 pm", "Boulder County")]
    [InlineData("en", "Bow River is over its banks", "Bow River")]
    [InlineData("en", "Magnitude 7.1 earthquake hits Costa Rica", "Costa Rica")]
    [InlineData("en", "Strong quake strikes off Guatemala, tsunami possible", "Guatemala")]
    [InlineData("en", "smoke everywhere, north of Colorado Springs", "Colorado Springs")]
    [InlineData("en", "Our house in Estes Park, CO is under water", "Estes Park, CO")]
    [InlineData("en", "Stay strong! #yycflood", "yyc")]
    [InlineData("en", "Thinking of everyone #ColoradoFlood", "Colorado")]
    [InlineData("en", "fire is close in #coffs, leaving now", "coffs")]
    [InlineData("en", "Bushfires across New South Wales are out of control", "New South Wales")]
    [InlineData("en", "Terrible. Queensland floods have taken the bridge", "Queensland")]
    [InlineData("en", "trees down at 12 Elm Street", "12 Elm Street")]
    [InlineData("en", "People trapped on the roof in southern Alberta", "Alberta")]
    [InlineData("en", "Volunteers needed at Queen Elizabeth Park", "Queen Elizabeth Park")]
    [InlineData("en", "road washed out near Fort McMurray", "Fort McMurray")]
    [InlineData("en", "Typhoon damage in Tacloban City", "Tacloban City")]
    [InlineData("en", "people of Christchurch need water", "Christchurch")]
    [InlineData("es", "Inundación en Valencia, calles cortadas", "Valencia")]
    [InlineData("es", "Incendio cerca de San Martín de los Andes", "San Martín de los Andes")]
    [InlineData("es", "Hay un árbol caído en la Calle Mayor 12", "Calle Mayor 12")]
    [InlineData("es", "se desbordó el Río Segura", "Río Segura")]
    [InlineData("de", "Der Keller in Bonn steht unter Wasser", "Bonn")]
    [InlineData("de", "Waldbrand bei Jüterbog, bitte helfen", "Jüterbog")]
    [InlineData("de", "Wasser in der Hauptstraße 40a", "Hauptstraße 40a")]
    [InlineData("fr", "Inondation à Nîmes, le pont est coupé", "Nîmes")]
    [InlineData("fr", "incendie au 12 rue de la République", "12 rue de la République")]
    [InlineData("it", "Alluvione a Faenza, serve aiuto", "Faenza")]
    [InlineData("it", "frana in Via Roma 12", "Via Roma 12")]
    [InlineData("pt", "Enchente em Porto Alegre agora", "Porto Alegre")]
    [InlineData("pt", "deslizamento na Rua Augusta, 1500", "Rua Augusta, 1500")]
    [InlineData("nl", "Overstroming in Valkenburg, hulp nodig", "Valkenburg")]
    [InlineData("nl", "boom gevallen in de Kerkstraat 12", "Kerkstraat 12")]
    public async Task A_place_is_named_without_a_gazetteer(string language, string text, string words)
    {
        var geo = (await Read(text, language))["geo"];
        Assert.Equal(words, (string?)geo["location_text"]);
        Assert.Null(geo["geo_location"]);
        Assert.InRange((double)geo["confidence"]!, 0, 0.4);
    }

    [Theory]
    [InlineData("en", "Please help us, the water is rising fast")]
    [InlineData("en", "In danger, need rescue")]
    [InlineData("en", "It happened in March on Monday")]
    [InlineData("en", "Thanks from President Obama and from Mr. Smith")]
    [InlineData("en", "#HurricaneSandy is terrible")]
    [InlineData("en", "#flashflood #bushfire #prayers")]
    [InlineData("en", "RT @Boulder: stay away")]
    [InlineData("en", "Massive flood. Heavy storm. Flash flooding")]
    [InlineData("en", "GET OUT NOW IN DANGER")]
    [InlineData("en", "see http://t.co/Calgary")]
    [InlineData("en", "a street is under water, near the cross street")]
    [InlineData("de", "Wir sind in Gefahr, bei Regen steigt das Wasser")]
    [InlineData("de", "Das Haus steht in Flammen und die Straße ist gesperrt")]
    [InlineData("es", "estamos en peligro, manden ayuda")]
    public async Task What_names_no_place_gives_none(string language, string text) => Assert.Null((await Read(text, language))["geo"]["location_text"]);

    [Theory]
    [InlineData("Please be careful everyone #yycflood", "flood")]
    [InlineData("#ColoradoFire is spreading", "fire")]
    [InlineData("#needshelter", "shelter")]
    public async Task The_words_of_a_hashtag_speak_for_a_category(string text, string category) =>
        Assert.Equal(category, (string?)(await Read(text, "en"))["entity"]["category"]);

    [Theory]
    [InlineData("Mayor Ann Lee said the flood in Calgary is over", "Mayor Ann Lee", "person")]
    [InlineData("My name is Jo Park and I need help", "Jo Park", "person")]
    [InlineData("Naheed Nenshi said to stay home", "Naheed Nenshi", "person")]
    [InlineData("Mein Name ist Eva Braun", "Eva Braun", "person")]
    [InlineData("The Red Cross opened a shelter", "Red Cross", "organization")]
    [InlineData("call the Boulder Police Department", "Boulder Police Department", "organization")]
    [InlineData("Stadtwerke Bonn GmbH repariert", "Stadtwerke Bonn GmbH", "organization")]
    [InlineData("University of Colorado is closed", "University of Colorado", "organization")]
    [InlineData("the flood in Calgary is over", "Calgary", "place")]
    [InlineData("fire near Lake Tahoe", "Lake Tahoe", "place")]
    [InlineData("X07 call 617-555-0123 now", "617-555-0123", "phone")]
    [InlineData("X07 call (617) 555-0124 now", "(617) 555-0124", "phone")]
    [InlineData("X07 write to jo.park+flood@example.org now", "jo.park+flood@example.org", "email")]
    public async Task Entities_are_typed_by_their_form(string text, string words, string type)
    {
        var entities = (JsonArray)(await Read(text, "en"))["entity"]["entities"]!;
        Assert.Contains((words, type), entities.Select(entity => ((string)entity!["text"]!, (string)entity["type"]!)));
    }

    [Theory]
    [InlineData("Pothole at -70.2598, 43.6599", -70.2598, 43.6599)]
    [InlineData("Meter readings 12.50, 13.75 on Signal Street", -70.26, 43.66)]
    [InlineData("Sensor 12.5012, 13.7512 on Signal Street", -70.26, 43.66)]
    [InlineData("On Signal Street, at 43.6699, -70.2598", -70.2598, 43.6699)]
    public async Task A_domain_with_places_takes_the_position_that_fits(string text, double longitude, double latitude)
    {
        var domain = Make.Civic(Make.Street("Signal Street", -70.26, 43.66));
        var geo = (await Playbook.RunAsync(domain, BuiltInAgents.All, new ReportText(text, At), CancellationToken.None)).Outputs["geo"];
        var at = geo["geo_location"]!["coordinates"]!;
        Assert.Equal((longitude, latitude), ((double)at[0]!, (double)at[1]!));
        Assert.True((double)geo["confidence"]! > 0.5);
    }

    [Fact]
    public async Task A_position_far_from_all_places_is_unsure()
    {
        var domain = Make.Civic(Make.Street("Signal Street", -70.26, 43.66));
        var geo = (await Playbook.RunAsync(domain, BuiltInAgents.All, new ReportText("at 12.5012, 13.7512", At), CancellationToken.None)).Outputs["geo"];
        Assert.InRange((double)geo["confidence"]!, 0, 0.3);
    }

    [Fact]
    public async Task A_run_that_is_called_off_ends_between_two_values()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new OfflineChatClient().GetResponseAsync(
            [], new() { ResponseFormat = Microsoft.Extensions.AI.ChatResponseFormat.Json }, cancelled.Token));
    }

    private static async Task<IReadOnlyDictionary<string, JsonObject>> Read(string text, string language) =>
        (await Playbook.RunAsync(Disasters, BuiltInAgents.All, new ReportText(text, At, language), CancellationToken.None)).Outputs;
}
