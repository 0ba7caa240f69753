using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Agents;
using DomainFlow.Playbooks.Running;
using DomainFlow.Playbooks.Tests.Graphs;
using DomainFlow.Playbooks.Tests.Support;

namespace DomainFlow.Playbooks.Tests.Running;

public sealed class PlaybookRunnerTests
{
    private readonly PlaybookRunner runner = new(new ImpatientTime());

    [Fact]
    public async Task In_random_graphs_each_node_runs_once_after_its_parents_and_at_most_ten_at_once()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var nodes = Enumerable.Range(0, random.Next(1, 26)).Select(i => $"n{i:00}").ToList();
            var edges = Enumerable.Range(0, nodes.Count)
                .SelectMany(to => Enumerable.Range(0, to).Where(_ => random.Next(5) == 0).Select(from => new PlaybookEdge(nodes[from], nodes[to])))
                .ToList();
            var (calls, done, running, most) = (new ConcurrentDictionary<string, int>(), new ConcurrentDictionary<string, bool>(), 0, 0);
            async Task<AgentResult> Call(AgentDefinition agent, IReadOnlyDictionary<string, JsonObject> parents, CancellationToken token)
            {
                var now = Interlocked.Increment(ref running);
                InterlockedMax(ref most, now);
                calls.AddOrUpdate(agent.AgentId, 1, (_, count) => count + 1);
                var expected = edges.Where(edge => edge.To == agent.AgentId).Select(edge => edge.From).Order();
                Assert.Equal(expected, parents.Keys.Order());
                Assert.All(parents.Keys, parent => Assert.True(done.ContainsKey(parent)));
                await Task.Yield();
                done[agent.AgentId] = true;
                Interlocked.Decrement(ref running);
                return Output(1);
            }

            var run = await runner.RunAsync(new PlaybookGraph([.. nodes.OrderBy(_ => random.Next())], edges), AgentClass.Ingestion, Make
                .ById(nodes.Select(node => Make.Agent(node))), Call, null, default);
            Assert.True(run.IsCompleted, $"seed {seed}");
            Assert.All(nodes, node => Assert.Equal(1, calls[node]));
            Assert.Equal(nodes.Count, run.Log.Count);
            Assert.InRange(most, 1, PlaybookRunner.MaxConcurrentAgents);
        }
    }

    [Fact]
    public async Task Of_25_free_nodes_ten_run_and_the_eleventh_waits()
    {
        var ids = Enumerable.Range(0, 25).Select(i => $"n{i}").ToList();
        var (entered, gate, started) = (new TaskCompletionSource(), new TaskCompletionSource(), 0);
        var run = runner.RunAsync(new PlaybookGraph(ids, []), AgentClass.Ingestion, Make.ById(ids.Select(id => Make.Agent(id))), async (_, _, _) =>
        {
            if (Interlocked.Increment(ref started) == PlaybookRunner.MaxConcurrentAgents)
                entered.SetResult();
            await gate.Task;
            return Output(1);
        }, null, default);
        await entered.Task;
        Assert.Equal(10, Volatile.Read(ref started));
        gate.SetResult();
        Assert.Equal(25, (await run).Outputs.Count);
    }

    [Fact]
    public async Task A_node_starts_before_slower_nodes_of_its_level_end()
    {
        var slow = new TaskCompletionSource();
        var run = await runner.RunAsync(GraphRulesTests.Graph("a b c", "b>c"), AgentClass.Ingestion, ABC(), async (agent, _, _) =>
        {
            if (agent.AgentId == "a")
                await slow.Task;
            if (agent.AgentId == "c")
                slow.SetResult();
            return Output(1);
        }, null, default);
        Assert.True(run.IsCompleted);
    }

    [Fact]
    public async Task A_failure_skips_the_dependents_and_spares_the_others()
    {
        var run = await Run(GraphRulesTests.Graph("a b c d", "a>b b>d"), failing: "a");
        Assert.True(run.IsCompleted);
        Assert.Equal(("error", "skipped", "success", "skipped"), (Status(run, "a"), Status(run, "b"), Status(run, "c"), Status(run, "d")));
        Assert.Contains("'a'", run.Log.Single(entry => entry.AgentId == "b").Reason);
    }

    [Fact]
    public async Task A_default_stands_in_and_the_dependents_run()
    {
        var run = await Run(With("a", new FailurePolicy.UseDefault(Make.Json("""{"n":9}"""))), failing: "a");
        Assert.Equal(("defaulted", "success"), (Status(run, "a"), Status(run, "b")));
        Assert.Equal(9, (int)run.Outputs["a"]["n"]!);
    }

    [Fact]
    public async Task A_node_that_fails_the_run_stops_the_others()
    {
        var run = await Run(With("a", new FailurePolicy.FailRun()), failing: "a");
        Assert.Contains("'a'", Assert.IsType<RunOutcome.Failed>(run.Outcome).Reason);
        Assert.Equal("skipped", Status(run, "b"));
    }

    [Fact]
    public async Task An_agent_that_throws_is_an_error_of_its_own()
    {
        var faults = new List<(string Agent, Exception Fault)>();
        var observed = new PlaybookRunner(new ImpatientTime(), (agent, fault) => faults.Add((agent, fault)));
        var run = await observed.RunAsync(GraphRulesTests.Graph("a b c", "a>b"), AgentClass.Ingestion, ABC(),
            (agent, _, _) => agent.AgentId == "a" ? throw new InvalidOperationException("password=x") : Task.FromResult(Output(1)), null, default);
        Assert.Equal("an internal error, which was logged", run.Log.Single(entry => entry.AgentId == "a").Reason);
        Assert.Equal("success", Status(run, "c"));

        // The log gets the exception itself, with its stack trace.
        Assert.Equal(("a", "password=x"), (faults.Single().Agent, faults.Single().Fault.Message));
        Assert.NotNull(faults.Single().Fault.StackTrace);
    }

    [Fact]
    public async Task The_deadline_ends_what_runs_and_what_waits()
    {
        using var deadline = new CancellationTokenSource();
        var run = await runner.RunAsync(GraphRulesTests.Graph("a b c", "a>b"), AgentClass.Ingestion, ABC(), async (agent, _, token) =>
        {
            if (agent.AgentId == "c")
                return Output(1);
            await deadline.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
            return Output(2);
        }, null, deadline.Token);
        Assert.Equal("deadline", Assert.IsType<RunOutcome.Failed>(run.Outcome).Reason);
        Assert.Equal(("error", "deadline"), (Status(run, "a"), run.Log.Single(entry => entry.AgentId == "a").Reason));
        Assert.Equal("deadline", run.Log.Single(entry => entry.AgentId == "b").Reason);
    }

    [Fact]
    public async Task A_resumed_run_does_not_call_again_what_finished()
    {
        var first = await Run(GraphRulesTests.Graph("a b c d", "a>b b>d"), failing: "b");
        var called = new ConcurrentBag<string>();
        var second = await runner.RunAsync(GraphRulesTests.Graph("a b c d", "a>b b>d"), AgentClass.Ingestion, ABC(), (agent, parents, _) =>
        {
            called.Add(agent.AgentId);
            Assert.All(parents.Values, parent => Assert.NotNull(parent["n"]));
            return Task.FromResult(Output(5));
        }, EarlierRun.From(first), default);
        Assert.Equal(["b", "d"], called.Order());
        Assert.Equal(("cached", "cached", "success"), (Status(second, "a"), Status(second, "c"), Status(second, "d")));
        Assert.True(second.IsCompleted);
    }

    private Task<PlaybookRun> Run(PlaybookGraph graph, string failing) => runner.RunAsync(graph, AgentClass.Ingestion, ABC(),
        (agent, _, _) => Task.FromResult(agent.AgentId == failing ? new AgentResult.Failed("no", AgentUsage.None) : Output(1)), null, default);

    private static PlaybookGraph With(string node, FailurePolicy policy) =>
        GraphRulesTests.Graph("a b c", "a>b") with { Policies = new Dictionary<string, FailurePolicy> { [node] = policy } };

    private static Dictionary<string, AgentDefinition> ABC() => Make.ById([Make.Agent("a"), Make.Agent("b"), Make.Agent("c"), Make.Agent("d")]);

    private static AgentResult Output(int n) => new AgentResult.Succeeded(new JsonObject { ["n"] = n }, [], AgentUsage.None);

    private static string Status(PlaybookRun run, string agent) => run.Log.Single(entry => entry.AgentId == agent).Status;

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value; seen = Volatile.Read(ref target))
            Interlocked.CompareExchange(ref target, value, seen);
    }
}
