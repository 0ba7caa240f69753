using System.Text;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.BuiltIn;
using DomainFlow.Playbooks.Learning;
using DomainFlow.Playbooks.Offline;
using DomainFlow.Playbooks.Running;
using DomainFlow.Playbooks.Tests.Learning;
using DomainFlow.Playbooks.Tests.Support;

namespace DomainFlow.Playbooks.Tests.Offline;

/// <summary>What texts that were made to be expensive cost: the whole playbook with a schema of a tenant's own. Alone, since the process is measured.</summary>
[Collection(Name)]
public sealed class ExtractionCostTests
{
    public const string Name = "measures the process";
    private const int Length = 10_000;
    private static readonly DateTimeOffset At = new(2026, 10, 6, 14, 0, 0, TimeSpan.Zero);

    private static readonly LearnedDomain Learned = DomainLearner.Learn(MiniCity.Reports());
    private static readonly IngestionPlaybook Playbook = new(new OfflineChatClient(), TimeProvider.System);


    private static readonly AgentDefinition Own = Make.Agent("own") with
    {
        OutputSchema = Make.Json(
            """
            {"type":"object","properties":{"water_depth_cm":{"type":["number","null"]},"trash_bags":{"type":["integer","null"]},
             "contact_email":{"type":["string","null"]},"confidence":{"type":"number"}},
             "required":["water_depth_cm","trash_bags","contact_email","confidence"]}
            """),
    };

    private static readonly AgentDefinition Other = Make.Agent("other") with
    {
        OutputSchema = Make.Json(
            """
            {"type":"object","properties":{"phone":{"type":["string","null"]},"surface":{"type":["string","null"],"enum":["gravel","asphalt",null]},
             "people_trapped":{"type":"boolean"},"remark":{"type":["string","null"],"description":"lake street square","maxLength":80},"confidence":{"type":"number"}},
             "required":["phone","surface","people_trapped","remark","confidence"]}
            """),
    };

    private static readonly DomainConfiguration Town = Make.Civic(
    [
        .. Learned.Places, Make.Street("A Street"), Make.Street("Saint John Street"), Make.Street("Extraordinarily Longwinded Boulevard"),
        Make.Street("Hauptstraße"), new Place("The Green", "park", [], -72.9, 41.3, 100),
    ]) with
    { Learned = Learned.Model, Ingestion = new PlaybookGraph(["geo", "entity", "temporal", "own", "other"], []) };

    private static readonly string[] Repeated =
    [
        "a", "A", " ", "\n", ".", "!", "1", "12 ", "1.", "1,", "1-", "1:1 ", "A.", "A ", "A & ", "a@", "@a ", "a.a@", "#", "#a ", "#yycFlood ", "+1 ", "(617) ", "Alder Avenue ",
        "Alder Ave and ", "40 Alder Ave, ", "between Alder Ave and Birch Ave ", "Aldr Avenu ", "Extraordinarly Longwindd ", "in Lake ", "Lake ", "in in ", "Mayor ", "name is ",
        "41.3083, -72.9279 ", "41° 18' ", "N 50 ", "lat ", "latitude: ", "http://", "https://maps.google.com/?q=", "https://a/@1.5,2.5 ", "geo:1.1,2.2 ", "9F29P3PX+X7 ", "P3PX+",
        "no danger ", "gas leak ", "trash ", "trip and fall in ", "٣", "٣٤ Alder Avenue ", "१२ ", "𝟜𝟚 ", "４２ Alder Avenue ", "\ud83d\ude00", "\ud800", "e\u0301", "\u0301", "½ ", "62½ ",
        "Hauptstraße 40-", "Hauptstr. 1/2 ", "1/2 ", "A-", "st. ", "St John St ", "$1.1", "1 square ", "square   ", "'s ", "a'a", "Of The ", "X of Y ", "The Green & ", "Q+", "2222+", "°", "'", "\"",
        "Straße", "ﬁ", "İ", "ß", "ab", "abcdefghijklmnop ", "abcdefghi ", "A, B", "A, BC ", "January 5 ", "\u200b", "\u00a0",
    ];

    public static TheoryData<string> Units() => [.. CostRecord.Some(Repeated)];

    [Theory]
    [MemberData(nameof(Units))]
    public Task No_repetition_is_expensive_or_fails(string unit) => MeasureAsync(string.Concat(Enumerable.Repeat(unit, (Length / unit.Length) + 1))[..Length]);

    [Fact]
    public async Task No_mixture_is_expensive_or_fails()
    {
        var random = new Random(7);
        for (var round = 0; round < (CostRecord.IsVerifying ? 1500 : 10); round++)
        {
            var text = new StringBuilder();
            var few = Enumerable.Range(0, 1 + random.Next(6)).Select(_ => Repeated[random.Next(Repeated.Length)]).ToArray();
            while (text.Length < Length)
                text.Append(few[random.Next(few.Length)]);
            await MeasureAsync(text.ToString(0, Length));
        }
    }

    [Fact]
    public async Task Words_of_random_letters_are_not_expensive()
    {
        var random = new Random(8);
        foreach (var letters in new[] { 3, 7, 12, 16, 18, 30, 200 })
        {
            var words = Enumerable.Range(0, Length / (letters + 1)).Select(_ => string.Concat(Enumerable.Range(0, letters).Select(_ => (char)('a' + random.Next(26)))));
            await MeasureAsync(string.Join(' ', words));
        }
    }

    /// <summary>Code is compiled and the domain indexed before anything is measured.</summary>
    private static readonly Lazy<Task<PlaybookRun>> Warm = new(() => RunAsync("A pothole at 40 Alder Ave since yesterday, 41.3083, -72.9279, call 203-555-0142"));

    private static Task<PlaybookRun> RunAsync(string text) =>
        Playbook.RunAsync(Town, [.. BuiltInAgents.All, Own, Other], new ReportText(text, At), CancellationToken.None);

    private static async Task MeasureAsync(string text)
    {
        await Warm.Value;
        var run = await CostRecord.MeasureAsync("text", TimeSpan.FromMilliseconds(500), text, () => RunAsync(text));
        Assert.All(run.Log, entry => Assert.True(entry.Status == "success", $"{entry.AgentId}: {entry.Reason}: {text[..40]}..."));
    }
}

[CollectionDefinition(ExtractionCostTests.Name, DisableParallelization = true)]
public sealed class MeasuredAlone;
