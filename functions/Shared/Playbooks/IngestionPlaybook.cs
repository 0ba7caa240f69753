using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Agents;
using DomainFlow.Playbooks.Language;
using DomainFlow.Playbooks.Places;
using DomainFlow.Playbooks.Running;
using DomainFlow.Playbooks.Times;
using Microsoft.Extensions.AI;

namespace DomainFlow.Playbooks;

/// <summary>
/// Runs a domain's ingestion playbook on one report. Holds no report and stores nothing; share one for a process, since it keeps what
/// was made of each domain's gazetteer and learned categories.
/// </summary>
public sealed class IngestionPlaybook(
    IChatClient model, TimeProvider time, AgentExecutorOptions? options = null, AgentFault? onFault = null)
{
    private const int MaxCategories = 5;

    private readonly AgentExecutor executor = new(model, time, options);
    private readonly PlaybookRunner runner = new(time, onFault);
    private readonly Gazetteers gazetteers = new();
    private readonly CategoryModels models = new();

    /// <summary>Runs the playbook. Agents that fail are logged; the run fails as its policies say or when the deadline comes.</summary>
    /// <param name="agents">The tenant's agents and the built-in ones.</param>
    /// <param name="deadline">Cancelled a margin before the invocation must end.</param>
    /// <param name="earlier">A run to go on with: what finished there is not called again.</param>
    /// <returns>Outputs by agent id, such as <c>geo</c>, <c>temporal</c>, <c>entity</c>; the log; where values came from.</returns>
    /// <exception cref="PlaybookRefusedException">The domain's graph does not fit these agents.</exception>
    public async Task<PlaybookRun> RunAsync(
        DomainConfiguration domain,
        IReadOnlyList<AgentDefinition> agents,
        ReportText report,
        CancellationToken deadline,
        EarlierRun? earlier = null)
    {
        var visible = UntrustedText.Of(report.Text);
        var context = Context(domain, report, visible.Text);
        var run = await runner.RunAsync(
            domain.Ingestion,
            AgentClass.Ingestion,
            agents.ToDictionary(agent => agent.AgentId),
            (agent, parents, token) => executor.ExecuteAsync(agent, Input(report, visible.Text, context, parents), ToolBox.Empty, token),
            earlier,
            deadline);
        return run with { Sources = run.Sources.ToDictionary(agent => agent.Key, agent => InStoredText(agent.Value, visible)) };
    }

    /// <summary>Agents point into the visible text; what is kept points into the text as it is stored.</summary>
    private static IReadOnlyList<ValueSource> InStoredText(IReadOnlyList<ValueSource> sources, UntrustedText visible) =>
    [
        .. sources.Select(source => source is { Start: { } start, Length: { } length } && visible.InOriginal(start, length) is var (at, stored)
            ? source with { Start = at, Length = stored }
            : source),
    ];

    /// <summary>
    /// Goes on with a run after the reporter has answered (<see cref="ReportText.Answer"/>): the agents that were asked about and their
    /// dependents run again, the others are kept.
    /// </summary>
    public Task<PlaybookRun> ContinueAsync(
        DomainConfiguration domain, IReadOnlyList<AgentDefinition> agents, ReportText report, EarlierRun earlier, CancellationToken deadline)
    {
        var again = (domain.Needed ?? []).Select(needed => needed.Agent).ToHashSet();
        for (var before = -1; before != again.Count;)
        {
            before = again.Count;
            again.UnionWith(domain.Ingestion.Edges.Where(edge => again.Contains(edge.From)).Select(edge => edge.To).ToList());
        }

        return RunAsync(domain, agents, report, deadline, earlier.Without(again));
    }

    /// <summary>Places that the text (and the reporter's answer) may name, best first: candidates to show where a place is asked for.</summary>
    public IReadOnlyList<PlaceMatch> CandidatePlaces(DomainConfiguration domain, ReportText report) =>
        gazetteers.Of(domain).Find(UntrustedText.Strip($"{report.Text}\n{report.Answer}"));

    private static AgentInput Input(ReportText report, string text, string context, IReadOnlyDictionary<string, JsonObject> parents)
    {
        var blocks = new List<DataBlock> { new(DataBlock.Context, context), new(DataBlock.Text, text) };
        if (report.Answer is not null)
            blocks.Add(new DataBlock(DataBlock.Answer, report.Answer));
        if (parents.Count > 0)
            blocks.Add(new DataBlock(DataBlock.Outputs, PromptContext.Outputs(parents)));
        return new AgentInput(blocks, report.Images, text, report.Photos?.Count ?? 0);
    }

    private string Context(DomainConfiguration domain, ReportText report, string text)
    {
        var context = PromptContext.Of(domain, report.ReportedAt, report.Language);
        if (models.Of(domain) is { } learned)
            context["candidate_categories"] = PromptContext.Categories(learned.Rank(text, MaxCategories));
        AddPlaces(context, "", domain, text, report.Language);
        if (report.Answer is not null)
            AddPlaces(context, "_of_answer", domain, UntrustedText.Strip(report.Answer), report.Language);
        if (report.Address is not null)
            AddPlaces(context, "_of_address", domain, UntrustedText.Strip(report.Address), report.Language);
        context["photos"] = PromptContext.Photos(report.Photos ?? [], LocalClock.Zone(domain.TimeZone));
        return JsonText.Write(context);
    }

    private void AddPlaces(JsonObject context, string suffix, DomainConfiguration domain, string text, string? language)
    {
        context["candidate_places" + suffix] = PromptContext.Places(gazetteers.Of(domain).Find(text));
        context["candidate_positions" + suffix] = PromptContext.Positions(Coordinates.All(text, language ?? domain.Language, DomainArea.Of(domain)));
    }
}
