using System.Text.Json.Nodes;
using DomainFlow.Infra.Tests.Synthesis;
using DomainFlow.Judge.Tests.Calls;

namespace DomainFlow.Judge.Tests.Judging;

/// <summary>One action on one resource of a statement.</summary>
/// <param name="Role">Whose it is, named as callers are; * for a policy of a resource, which binds all.</param>
internal sealed record Permission(string Role, string Statement, bool IsDenied, string Action, string Resource, JsonObject? Condition)
{
    /// <summary>What IAM knows of each call in a deployment: it came over TLS.</summary>
    private static readonly Dictionary<string, string> Context = new(StringComparer.OrdinalIgnoreCase) { ["aws:SecureTransport"] = "true" };

    /// <summary>All of a policy document.</summary>
    public static IEnumerable<Permission> In(string role, Template template, DeployedNames names, JsonNode document) =>
        from statement in document["Statement"]!.AsArray()
        from action in template.Texts(statement["Action"] ?? throw new InvalidOperationException($"a statement without Action: {statement}"))
        from resource in template.Texts(statement["Resource"] ?? throw new InvalidOperationException($"a statement without Resource: {statement}"))
        select new Permission(
            role, (string?)statement["Sid"] ?? "", (string)statement["Effect"]! == "Deny", action, names.Resolve(resource), statement["Condition"]?.AsObject());

    public bool Covers(Call call) =>
        (Role == "*" || Role == call.Caller) && Wildcard.Matches(Action, call.Action, ignoreCase: true) && Wildcard.Matches(Resource, call.Resource) && Holds();

    public override string ToString() => $"{Role}: {Action} on {Resource}{(Statement.Length == 0 ? "" : $" ({Statement})")}";

    private bool Holds() => Condition is null || Condition.All(test => test.Value!.AsObject().All(pair => Holds(test.Key, pair.Key, pair.Value!)));

    private static bool Holds(string test, string key, JsonNode wanted)
    {
        if (!Context.TryGetValue(key, out var actual)) throw new InvalidOperationException($"the judge does not know the condition key {key}");
        var values = wanted is JsonArray many ? many.Select(one => one!.ToString()) : [wanted.ToString()];
        return test switch
        {
            "Bool" or "StringEqualsIgnoreCase" => values.Any(value => value.Equals(actual, StringComparison.OrdinalIgnoreCase)),
            "StringEquals" => values.Contains(actual),
            "StringLike" => values.Any(value => Wildcard.Matches(value, actual)),
            _ => throw new InvalidOperationException($"the judge does not know the condition {test}"),
        };
    }
}
