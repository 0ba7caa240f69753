using System.Text.Json.Nodes;
using DomainFlow.Playbooks.Agents;
using DomainFlow.Playbooks.Answers;
using DomainFlow.Playbooks.BuiltIn;
using DomainFlow.Playbooks.Questions;
using DomainFlow.Playbooks.Tests.Support;
using static DomainFlow.Playbooks.Tests.Support.ScriptedModel;

namespace DomainFlow.Playbooks.Tests.Answers;

public sealed class AnswerComposerTests
{
    private static readonly DateTimeOffset At = new(2026, 10, 6, 14, 0, 0, TimeSpan.Zero);
    private static readonly FoundReport Hole = new("r1", 0.8, "There is a deep hole, in Main Street!", At, "pothole", "Main Street", (-72.9, 41.3));

    [Fact]
    public async Task A_citation_of_what_was_not_retrieved_is_dropped()
    {
        var answer = await Answer("""{"answer":"A hole.","confidence":0.9,"sources":["r1","r99"],"quote":null}""");
        Assert.Equal(["r1"], answer.References.Select(reference => reference.Id));
        Assert.Equal(["r1"], Assert.Single(answer.Bullets).Sources);
        Assert.Equal(-72.9, (double)answer.MapData["bbox"]![0]!);
    }

    [Fact]
    public async Task An_answer_that_only_cites_what_was_not_retrieved_is_no_evidence()
    {
        var answer = await Answer("""{"answer":"A hole.","confidence":0.9,"sources":["r99"],"quote":null}""");
        Assert.False(answer.HasEvidence);
        Assert.StartsWith(AnswerComposer.InsufficientEvidence, answer.Summary);
        Assert.Empty(answer.References);
    }

    [Fact]
    public async Task A_false_quote_goes_and_a_true_one_stays()
    {
        var told = await Answer("""{"answer":"One says \"deep hole in main street\". Another: \"the mayor dug it himself\".","confidence":0.9,"sources":["r1"],"quote":"a deep hole in Main Street"}""");
        Assert.Equal("One says \"deep hole in main street\".", Assert.Single(told.Bullets).Text);
        Assert.NotNull(told.Bullets[0].Quote);
        var lied = await Answer("""{"answer":"A hole.","confidence":0.9,"sources":["r1"],"quote":"the mayor dug it"}""");
        Assert.Null(Assert.Single(lied.Bullets).Quote);
    }

    [Fact]
    public async Task A_summary_that_quotes_falsely_loses_the_sentence()
    {
        var answer = await Answer(
            """{"answer":"A hole.","confidence":0.9,"sources":["r1"],"quote":null}""",
            """{"summary":"There is a hole. The text says \"nobody will ever mend it\".","quotes":[]}""");
        Assert.Equal("There is a hole.", answer.Summary);
    }

    [Fact]
    public async Task A_long_answer_is_cut_to_150_characters()
    {
        var schema = string.Join(' ', Enumerable.Repeat("hole", 37));
        var bullet = Assert.Single((await Answer($$"""{"answer":"{{schema[..150]}}","confidence":0.9,"sources":["r1"],"quote":null}""")).Bullets);
        Assert.InRange(bullet.Text.Length, 100, AnswerComposer.MaxBullet);
    }

    [Fact]
    public void Many_points_become_cells_that_count_them_all()
    {
        var random = new Random(7);
        var reports = Enumerable.Range(0, 500).Select(i => Hole with { Id = $"r{i}", Location = (random.NextDouble(), random.NextDouble()) });
        var features = MapData.Of(reports)["features"]!.AsArray();
        Assert.InRange(features.Count, 2, 256);
        Assert.Equal(500, features.Sum(feature => (int)feature!["properties"]!["count"]!));
    }

    [Theory]
    [InlineData("deep hole in main street", true)]
    [InlineData("  Deep   hole -- in Main Street ", true)]
    [InlineData("eep hole", false)]
    [InlineData("hole deep", false)]
    [InlineData("...", false)]
    public void A_quotation_is_found_by_its_words(string quote, bool found) => Assert.Equal(found, Quotation.IsIn(quote, Hole.Text));

    private static async Task<QueryAnswer> Answer(string output, string summary = """{"summary":"There is a hole.","quotes":[]}""")
    {
        var domain = Make.Civic() with { Query = new(["what"], []) };
        var sources = new QuerySources(
            (_, _, _, _) => Task.FromResult<IReadOnlyList<FoundReport>>([Hole]),
            (_, _, _, _) => Task.FromResult<IReadOnlyList<FoundReport>>([]),
            (_, _, _) => Task.FromResult(new ReportCount(0, [])),
            (_, _) => Task.FromResult<FoundReport?>(null));
        var model = new ScriptedModel(Calls(QueryTools.Search, ("query", "hole")), Says(output), Says(summary));
        return await new QueryPlaybook(model, new ImpatientTime()).AnswerAsync(domain, BuiltInAgents.All, new Question("What is there?", At), sources, default);
    }
}
