using DomainFlow.Domain.Playbooks;
using static DomainFlow.Playbooks.BuiltIn.BuiltInAgents;

namespace DomainFlow.Playbooks.BuiltIn;

/// <summary>Agents that each answer one side of a question.</summary>
internal static class QueryAgents
{
    private const string Rules =
        """

        Use the tools to find reports; answer from what they return and from nothing else.
        - answer: at most 150 characters; null with confidence 0 where the question does not ask for your side, or nothing found bears on it.
        - sources: the ids of the reports that the answer rests on.
        - quote: one passage of one of these sources, letter by letter; null where none says it well.
        """;

    private const string Output =
        """
        {"type":"object","properties":{
          "answer":{"type":["string","null"],"maxLength":150},
          "confidence":{"type":"number","minimum":0,"maximum":1},
          "sources":{"type":"array","maxItems":20,"items":{"type":"string","maxLength":100}},
          "quote":{"type":["string","null"],"maxLength":300}},
         "required":["answer","confidence","sources","quote"],"additionalProperties":false}
        """;

    public static IReadOnlyList<AgentDefinition> All { get; } =
    [
        Agent("who", "Who", "Who is involved: people, groups, authorities.", "You answer who did, saw, suffered or must mend something."),
        Agent("what", "What", "What happened or is the matter.", "You answer what happened, what is the matter, what was seen."),
        Agent("where", "Where", "Where it happens.", "You answer where things happen: name the places, those with most reports first."),
        Agent("when", "When", "When it happens.", "You answer when things happened: first and last time, and patterns among the times."),
        Agent("why", "Why", "Causes that the reports name.", "You answer why something happens. Give only causes that a report itself names."),
        Agent("how", "How", "In what way it happens.", "You answer how, in what way or in what state something happens."),
        Agent("which", "Which", "Which one of several.", "You answer which of several (category, place, status, report) it is; count groups where the"
            + " question asks for most or least."),
        Agent("how_many", "How many", "Counts of reports.", "You answer how many. Numbers come from count_reports; never count by eye."),
        Agent("how_much", "How much", "Amounts with their units.", "You answer how much: amounts, sizes, costs and durations with their units, as the"
            + " reports give them."),
        Agent("from_where", "From where", "Origins.", "You answer where something comes from: the origin that the reports name."),
        Agent("what_kind", "What kind", "Kinds and categories.", "You answer what kinds of things are reported, by category, those with most reports first."),
    ];

    private static AgentDefinition Agent(string id, string name, string description, string task) =>
        new(id, name, AgentClass.Query, task + Rules, ["search_reports", "list_reports", "count_reports", "get_report"], [], Schema(Output), description,
            IsInbuilt: true);
}
