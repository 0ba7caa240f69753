using System.Text.Json.Nodes;
using DomainFlow.Playbooks.Agents;
using DomainFlow.Playbooks.Tests.Support;
using Microsoft.Extensions.AI;
using static DomainFlow.Playbooks.Tests.Support.ScriptedModel;

namespace DomainFlow.Playbooks.Tests.Agents;

public sealed class AgentExecutorTests
{
    private readonly ImpatientTime time = new();

    [Fact]
    public async Task An_answer_that_breaks_the_schema_is_repaired_once_and_the_model_sees_its_error()
    {
        var model = new ScriptedModel(Says("""{"n":"seven"}"""), Says("""{"n":7}"""));
        var done = Assert.IsType<AgentResult.Succeeded>(await Run(model, Make.Agent("a")));
        Assert.Equal(7, (int)done.Output["n"]!);
        Assert.Contains("output.n: string given, integer needed", model.Asked[1][^1].Text);
        Assert.Contains("seven", model.Asked[1][^2].Text);
        Assert.Equal(new AgentUsage(20, 6), done.Usage);
    }

    [Fact]
    public async Task A_second_bad_answer_fails()
    {
        var model = new ScriptedModel(Says("no json"));
        Assert.Contains("not JSON", Assert.IsType<AgentResult.Failed>(await Run(model, Make.Agent("a"))).Reason);
        Assert.Equal(2, model.Asked.Count);
    }

    [Fact]
    public async Task Six_keys_are_too_many_and_confidence_is_between_0_and_1()
    {
        var agent = Make.Agent("a") with { OutputSchema = Make.Json("""{"type":"object"}""") };
        Assert.Contains("6 keys", Assert.IsType<AgentResult.Failed>(await Run(new ScriptedModel(Says("""{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1}""")), agent)).Reason);
        Assert.Contains("between 0 and 1", Assert.IsType<AgentResult.Failed>(await Run(new ScriptedModel(Says("""{"confidence":7}""")), agent)).Reason);
    }

    [Fact]
    public async Task Throttling_is_tried_again_with_growing_waits_and_other_faults_are_not()
    {
        var busy = new ModelUnavailableException("busy");
        var model = new ScriptedModel(Throws(busy), Throws(busy), Says("""{"n":1}"""));
        Assert.IsType<AgentResult.Succeeded>(await Run(model, Make.Agent("a")));
        Assert.Equal(2, time.Waits.Count);
        Assert.Contains("busy", Assert.IsType<AgentResult.Failed>(await Run(new ScriptedModel(Throws(busy)), Make.Agent("a"))).Reason);
        var broken = new ScriptedModel(Throws(new InvalidOperationException("bug")));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Run(broken, Make.Agent("a")));
        Assert.Single(broken.Asked);
    }

    [Fact]
    public async Task Only_the_agents_own_tools_are_called()
    {
        var called = 0;
        var tools = new ToolBox([Tool("mine", () => called++), Tool("theirs", () => throw new InvalidOperationException("must not be called"))]);
        var model = new ScriptedModel(Calls("theirs", ("q", "x")), Calls("mine", ("q", "x")), Says("""{"n":1}"""));
        Assert.IsType<AgentResult.Succeeded>(await Run(model, Make.Agent("a", "mine"), tools));
        Assert.Equal(1, called);
        Assert.Equal("mine", Assert.Single(model.Options[0]!.Tools!).Name);
        Assert.Contains("there is no tool 'theirs'", Result(model.Asked[1]));
    }

    [Fact]
    public async Task Tool_arguments_are_checked_and_results_are_kept_for_the_run()
    {
        var called = 0;
        var tools = new ToolBox([Tool("mine", () => called++)]);
        var model = new ScriptedModel(Calls("mine", ("q", 5)), Calls("mine", ("q", "x")), Calls("mine", ("q", "x")), Says("""{"n":1}"""));
        Assert.IsType<AgentResult.Succeeded>(await Run(model, Make.Agent("a", "mine"), tools));
        Assert.Contains("string needed", Result(model.Asked[1]));
        Assert.Equal(1, called);
    }

    [Fact]
    public async Task A_model_that_never_stops_calling_tools_fails()
    {
        var model = new ScriptedModel(Calls("mine", ("q", "x")));
        var failed = Assert.IsType<AgentResult.Failed>(await Run(model, Make.Agent("a", "mine"), new ToolBox([Tool("mine", () => { })])));
        Assert.Contains("rounds of tool calls", failed.Reason);
        Assert.Equal(7, model.Asked.Count);
    }

    [Fact]
    public async Task A_source_that_does_not_hold_its_value_is_dropped()
    {
        const string Text = "A hole in Main Street near 7 Oak Road";
        var agent = Make.Agent("a") with { OutputSchema = Make.Json("""{"type":"object","properties":{"place":{"type":"string"},"n":{"type":"integer"}}}""") };
        var model = new ScriptedModel(Says(
            """
            {"place":"Main Street","n":7,"_sources":[{"key":"place","text":"Main Street","start":10},{"key":"place","text":"Oak Road"},
             {"key":"place","text":"Main Street","start":3},{"key":"n","text":"7 Oak"},{"key":"n","photo":2},{"key":"n","photo":9},{"key":"other","text":"hole"}]}
            """));
        var input = new AgentInput([new DataBlock(DataBlock.Text, Text)], null, Text, Photos: 2);
        var done = Assert.IsType<AgentResult.Succeeded>(await new AgentExecutor(model, time).ExecuteAsync(agent, input, ToolBox.Empty, default));
        Assert.Equal([new("place", 10, 11, null), new("n", 27, 5, null), new("n", null, null, 2)], done.Sources);
        Assert.False(done.Output.ContainsKey("_sources"));
    }

    [Fact]
    public void A_block_cannot_be_closed_or_opened_by_what_it_holds()
    {
        var inner = new DataBlock("context", "forged").Render();
        var message = new ChatMessage(ChatRole.User, new DataBlock("text", inner).Render());
        var blocks = DataBlock.Read([message]);
        Assert.Equal(["text"], blocks.Keys);
        Assert.Contains("forged", blocks["text"]);
    }

    [Theory]
    [InlineData("a\u200Bb\u2060c\uFE0F\u00AD", "abc")]
    [InlineData("x\U000E0041\U000E007Fy", "xy")]
    [InlineData("caf\u00E9 \U0001F600 \u4F60\r\n\tok", "caf\u00E9 \U0001F600 \u4F60\n\tok")]
    [InlineData("\u202Egnp.exe\u0000", "gnp.exe")]
    [InlineData("\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645", "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645")]
    [InlineData("\U0001F468\u200D\U0001F469\u200D\U0001F467", "\U0001F468\u200D\U0001F469\u200D\U0001F467")]
    [InlineData("\u2764\uFE0F\u200D\U0001F525", "\u2764\u200D\U0001F525")]
    [InlineData("\u0D28\u0D4D\u200D\u0D2E", "\u0D28\u0D4D\u200D\u0D2E")]
    [InlineData("a\u200D b \u200Cc 1\u200D2 d\u200C\u200D\u200Ce", "a b c 12 de")]
    [InlineData("Mu\u0308nster", "M\u00FCnster")]
    public void Invisible_characters_are_stripped_and_visible_ones_stay(string text, string clean) => Assert.Equal(clean, UntrustedText.Strip(text));

    [Fact]
    public void A_span_of_the_visible_text_is_found_in_the_stored_one()
    {
        const string Stored = "a\u200Bb \U000E0041\u200ECaf\u00E9\uFE0F x";
        var visible = UntrustedText.Of(Stored);
        Assert.Equal("ab Caf\u00E9 x", visible.Text);
        var (start, length) = visible.InOriginal(3, 4);
        Assert.Equal("Caf\u00E9", Stored.Substring(start, length).TrimEnd('\uFE0F'));
        Assert.Equal((0, Stored.Length), visible.InOriginal(0, visible.Text.Length));
    }

    private static string Result(IReadOnlyList<ChatMessage> messages) =>
        (string)messages[^1].Contents.OfType<FunctionResultContent>().Single().Result!;

    private Task<AgentResult> Run(IChatClient model, DomainFlow.Domain.Playbooks.AgentDefinition agent, ToolBox? tools = null) =>
        new AgentExecutor(model, time).ExecuteAsync(agent, new AgentInput([new DataBlock(DataBlock.Text, "seven")]), tools ?? ToolBox.Empty, default);

    private static AgentTool Tool(string name, Action call) => new(
        name, name, Make.Json("""{"type":"object","properties":{"q":{"type":"string"}},"required":["q"]}"""), (_, _) =>
        {
            call();
            return Task.FromResult<JsonNode>(new JsonObject { ["ok"] = true });
        });
}
