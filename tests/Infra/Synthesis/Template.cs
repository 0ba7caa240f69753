using System.Text.Json.Nodes;

namespace DomainFlow.Infra.Tests.Synthesis;

/// <summary>A synthesised template, with its intrinsic functions written as text so that values can be compared.</summary>
/// <param name="imports">The template whose exports this one imports.</param>
public sealed class Template(string file, Template? imports)
{
    public JsonObject Json { get; } = JsonNode.Parse(File.ReadAllText(file))!.AsObject();

    public IEnumerable<Resource> All => Json["Resources"]!.AsObject().Select(pair => new Resource(this, pair.Key, pair.Value!.AsObject()));

    public IReadOnlyList<Resource> OfType(string type) => [.. All.Where(resource => resource.Type == type)];

    public Resource Only(string type) => Assert.Single(OfType(type));

    public Resource Find(string logicalId) => All.Single(resource => resource.LogicalId == logicalId);

    /// <summary>
    /// The value as text: pseudo parameters as ${AWS::Region}, attributes as ${LogicalId.Attribute}, the ARNs of what has a
    /// composed name (queues, functions) as that ARN.
    /// </summary>
    public string Text(JsonNode? node) => node switch
    {
        null => "",
        JsonObject call when call.Count == 1 => Call(call.Single()),
        JsonArray items => string.Join(',', items.Select(Text)),
        JsonObject other => other.ToJsonString(),
        _ => node.ToString(),
    };

    public IReadOnlyList<string> Texts(JsonNode? node) => node is JsonArray items ? [.. items.Select(Text)] : [Text(node)];

    private string Call(KeyValuePair<string, JsonNode?> call) => call.Key switch
    {
        "Ref" when IsNamed(call.Value!.ToString(), "AWS::Lambda::Function") => Text(Find(call.Value.ToString()).Properties["FunctionName"]),
        "Ref" => $"${{{call.Value}}}",
        "Fn::GetAtt" => Attribute(call.Value![0]!.ToString(), call.Value[1]!.ToString()),
        "Fn::Join" => string.Join(call.Value![0]!.ToString(), call.Value[1]!.AsArray().Select(Text)),
        "Fn::ImportValue" => imports!.Exported(Text(call.Value)),
        _ => new JsonObject { [call.Key] = call.Value!.DeepClone() }.ToJsonString(),
    };

    private string Attribute(string logicalId, string attribute)
    {
        if (attribute == "Arn" && IsNamed(logicalId, "AWS::SQS::Queue"))
            return Arn("sqs", Text(Find(logicalId).Properties["QueueName"]));
        if (attribute == "Arn" && IsNamed(logicalId, "AWS::Lambda::Function"))
            return Arn("lambda", "function:" + Text(Find(logicalId).Properties["FunctionName"]));
        return $"${{{logicalId}.{attribute}}}";
    }

    private bool IsNamed(string logicalId, string type) => Json["Resources"]!.AsObject()[logicalId]?["Type"]?.ToString() == type;

    private string Exported(string name) =>
        Text(Json["Outputs"]!.AsObject().Single(output => output.Value!["Export"]?["Name"]?.ToString() == name).Value!["Value"]);

    private static string Arn(string service, string resource) => $"arn:${{AWS::Partition}}:{service}:${{AWS::Region}}:${{AWS::AccountId}}:{resource}";
}

/// <summary>One resource of a template.</summary>
public sealed record Resource(Template Template, string LogicalId, JsonObject Json)
{
    public string Type => Json["Type"]!.ToString();

    public JsonObject Properties => Json["Properties"]?.AsObject() ?? [];

    /// <summary>The property at a path such as <c>VpcConfig.SubnetIds</c>, as text.</summary>
    public string this[string path] => Template.Text(path.Split('.').Aggregate((JsonNode?)Properties, (node, step) => node?[step]));

    public IReadOnlyList<string> DependsOn => Json["DependsOn"] switch
    {
        null => [],
        JsonArray many => [.. many.Select(one => one!.ToString())],
        var one => [one.ToString()],
    };
}
