using System.Text.Json.Nodes;

namespace DomainFlow.Infra.Tests.Synthesis;

/// <summary>One action on one resource that a policy allows.</summary>
/// <param name="Conditions">Of its statement, as <c>operator key value</c>.</param>
public sealed record Grant(string Action, string Resource, IReadOnlyList<string> Conditions)
{
    public string Service => Action.Split(':')[0];

    /// <summary>All that the inline policies of a role allow.</summary>
    public static IReadOnlyList<Grant> OfRole(Resource role) =>
        [.. (role.Properties["Policies"]?.AsArray() ?? []).SelectMany(policy => OfDocument(role.Template, policy!["PolicyDocument"]!))];

    /// <summary>All that any policy of a template allows.</summary>
    public static IEnumerable<Grant> OfTemplate(Template template) =>
        Documents(template.Json["Resources"]!).SelectMany(document => OfDocument(template, document));

    private static IEnumerable<Grant> OfDocument(Template template, JsonNode document) =>
        from statement in document["Statement"]!.AsArray()
        where statement!["Effect"]!.ToString() == "Allow"
        from action in template.Texts(statement["Action"])
        from resource in statement["Resource"] is { } resources ? template.Texts(resources) : [""]
        select new Grant(action, resource, OfCondition(template, statement["Condition"]));

    private static IReadOnlyList<string> OfCondition(Template template, JsonNode? condition) =>
        [.. (condition?.AsObject() ?? []).SelectMany(test => test.Value!.AsObject().Select(pair => $"{test.Key} {pair.Key} {template.Text(pair.Value)}"))];

    private static IEnumerable<JsonNode> Documents(JsonNode? node) => node switch
    {
        JsonObject found when found.ContainsKey("Statement") => [found],
        JsonObject pairs => pairs.SelectMany(pair => Documents(pair.Value)),
        JsonArray items => items.SelectMany(Documents),
        _ => [],
    };
}
