using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Agents;
using DomainFlow.Playbooks.Answers;
using DomainFlow.Playbooks.Places;
using DomainFlow.Playbooks.Questions;
using DomainFlow.Playbooks.Running;
using Microsoft.Extensions.AI;

namespace DomainFlow.Playbooks;

/// <summary>A question to a domain.</summary>
/// <param name="Text">As the user wrote it.</param>
/// <param name="AskedAt">Relative times count from it.</param>
/// <param name="History">Earlier messages of the session, oldest first.</param>
/// <param name="Filter">The request's own filters: they hold for all that is looked up.</param>
public sealed record Question(string Text, DateTimeOffset AskedAt, IReadOnlyList<PastMessage>? History = null, ReportFilter? Filter = null);

/// <param name="Role">user or assistant.</param>
public sealed record PastMessage(string Role, string Content);

/// <summary>Runs a domain's query playbook and composes the answer. Holds no data and stores nothing; share one for a process.</summary>
public sealed class QueryPlaybook(
    IChatClient model, TimeProvider time, AgentExecutorOptions? options = null, AgentFault? onFault = null)
{
    private readonly AgentExecutor executor = new(model, time, options);
    private readonly PlaybookRunner runner = new(time, onFault);
    private readonly Gazetteers gazetteers = new();

    /// <summary>Answers a question from what <paramref name="sources"/> return, and from nothing else.</summary>
    /// <param name="agents">The tenant's agents and the built-in ones.</param>
    /// <param name="sources">Bound to the caller's tenant and domain.</param>
    /// <param name="deadline">Cancelled a margin before the invocation must end.</param>
    /// <param name="earlier">A run to go on with; what it cites is fetched again.</param>
    /// <exception cref="PlaybookRefusedException">The domain's graph does not fit these agents.</exception>
    public async Task<QueryAnswer> AnswerAsync(
        DomainConfiguration domain,
        IReadOnlyList<AgentDefinition> agents,
        Question question,
        QuerySources sources,
        CancellationToken deadline,
        EarlierRun? earlier = null)
    {
        var retrieved = new Retrieved();
        var places = gazetteers.Of(domain);
        var text = UntrustedText.Strip(question.Text);
        var filters = QuestionFilters.Parse(text, question.AskedAt, domain, places, question.History);
        var tools = new ToolBox(QueryTools.Create(sources, places, question.Filter ?? ReportFilter.None, retrieved));
        var context = Context(domain, question, text, filters, places);
        var run = await runner.RunAsync(
            domain.Query,
            AgentClass.Query,
            agents.ToDictionary(agent => agent.AgentId),
            (agent, parents, token) => executor.ExecuteAsync(agent, Input(question, text, context, parents), tools, token),
            earlier,
            deadline);
        if (earlier is not null)
            await FetchAgainAsync(earlier, sources, retrieved, deadline);
        return await new AnswerComposer(executor).ComposeAsync(new AnswerRequest(text, filters, domain), run, retrieved, deadline);
    }

    private static AgentInput Input(Question question, string text, string context, IReadOnlyDictionary<string, JsonObject> parents)
    {
        var blocks = new List<DataBlock> { new(DataBlock.Context, context), new(DataBlock.Question, text) };
        if (question.History is { Count: > 0 } history)
            blocks.Add(new DataBlock(DataBlock.History, string.Join("\n", history.TakeLast(10).Select(past => $"{past.Role}: {past.Content}"))));
        if (parents.Count > 0)
            blocks.Add(new DataBlock(DataBlock.Outputs, PromptContext.Outputs(parents)));
        return new AgentInput(blocks);
    }

    private static string Context(DomainConfiguration domain, Question question, string text, QuestionFilters filters, Gazetteer places)
    {
        var context = PromptContext.Of(domain, question.AskedAt, null);
        context["candidate_places"] = PromptContext.Places(places.Find(text));
        context["filters_in_question"] = filters.ToJson();
        context["topic_words"] = JsonText.Array(filters.Topic);
        context["topic_query"] = filters.TopicQuery;
        context["order"] = filters.Order;
        context["asked_as"] = filters.AskedAs == text ? null : filters.AskedAs;
        context["not_understood"] = JsonText.Array(filters.NotUnderstood);
        return JsonText.Write(context);
    }

    private static async Task FetchAgainAsync(EarlierRun earlier, QuerySources sources, Retrieved retrieved, CancellationToken cancellationToken)
    {
        var cited = earlier.Outputs.Values.SelectMany(Citations.Of).Distinct().Where(id => retrieved.Find(id) is null);
        foreach (var id in cited.ToList())
        {
            if (await sources.Get(id, cancellationToken) is { } report)
                retrieved.Add([report]);
        }
    }
}
