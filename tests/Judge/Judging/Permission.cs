using System.Text.Json.Nodes;
using DomainFlow.Infra.Tests.Synthesis;
using DomainFlow.Judge.Tests.Calls;

namespace DomainFlow.Judge.Tests.Judging;

/// <summary>One action on one resource of a statement.</summary>
/// <param name="Role">Whose it is, named as callers are; * for a policy of a resource, which binds all.</param>
internal sealed record Permission(string Role, string Statement, bool IsDenied, string Action, string Resource, IReadOnlyList<Condition> Conditions)
{
    /// <summary>All of a policy document.</summary>
    public static IEnumerable<Permission> In(string role, Template template, DeployedNames names, JsonNode document) =>
        from statement in document["Statement"]!.AsArray()
        let conditions = Condition.In(template, statement["Condition"])
        from action in template.Texts(statement["Action"] ?? throw new InvalidOperationException($"a statement without Action: {statement}"))
        from resource in template.Texts(statement["Resource"] ?? throw new InvalidOperationException($"a statement without Resource: {statement}"))
        select new Permission(role, (string?)statement["Sid"] ?? "", (string)statement["Effect"]! == "Deny", action, names.Resolve(resource), conditions);

    public bool Covers(Call call) =>
        (Role == "*" || Role == call.Caller) && Wildcard.Matches(Action, call.Action, ignoreCase: true) && Wildcard.Matches(Resource, call.Resource)
        && Conditions.All(condition => condition.Holds(call));

    public override string ToString() => $"{Role}: {Action} on {Resource}{(Statement.Length == 0 ? "" : $" ({Statement})")}";
}
