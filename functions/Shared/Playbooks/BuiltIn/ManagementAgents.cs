using DomainFlow.Domain.Playbooks;
using static DomainFlow.Playbooks.BuiltIn.BuiltInAgents;

namespace DomainFlow.Playbooks.BuiltIn;

/// <summary>Agents that propose what a command in plain words means for one report. Code decides whether it is done.</summary>
internal static class ManagementAgents
{
    public static IReadOnlyList<AgentDefinition> All { get; } =
    [
        Agent(
            "task-assigner",
            "Assignee",
            "Reads whom a command assigns the report to.",
            """
            You read whom a command assigns a report to.
            The context block lists the people and teams that may be assigned.
            Give the id and name of the one that the command names; both null where it names none or several fit.
            """,
            """
            {"type":"object","properties":{
              "assignee_id":{"type":["string","null"],"maxLength":100},
              "assignee_name":{"type":["string","null"],"maxLength":200}},
             "required":["assignee_id","assignee_name"],"additionalProperties":false}
            """),
        Agent(
            "status-updater",
            "Status",
            "Reads which status a command asks for.",
            """
            You read which status of work a command asks for: pending, in_progress, resolved or closed; null where it asks for none.
            - reason: the words of the command that give a reason; null where it gives none.
            """,
            """
            {"type":"object","properties":{
              "status":{"type":["string","null"],"enum":["pending","in_progress","resolved","closed",null]},
              "reason":{"type":["string","null"],"maxLength":500}},
             "required":["status","reason"],"additionalProperties":false}
            """),
        Agent(
            "task-details-editor",
            "Details",
            "Reads which detail a command sets.",
            """
            You read which detail of the work a command sets, and to what: priority, due_date, note or title; both null where it sets none.
            A due_date is an ISO 8601 time; count relative dates from the context's asked_at.
            """,
            """
            {"type":"object","properties":{
              "field":{"type":["string","null"],"enum":["priority","due_date","note","title",null]},
              "value":{"type":["string","null"],"maxLength":1000}},
             "required":["field","value"],"additionalProperties":false}
            """),
    ];

    private static AgentDefinition Agent(string id, string name, string description, string prompt, string schema) =>
        new(id, name, AgentClass.Management, prompt, [], [], Schema(schema), description, IsInbuilt: true);
}
