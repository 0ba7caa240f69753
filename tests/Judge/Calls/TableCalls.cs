using System.Text.Json.Nodes;
using DomainFlow.Judge.Tests.Judging;
using DomainFlow.Judge.Tests.Recording;

namespace DomainFlow.Judge.Tests.Calls;

/// <summary>DynamoDB: a transaction needs the right to each of its parts, a query of an index the right to that index.</summary>
internal static class TableCalls
{
    private static readonly Dictionary<string, string> Parts = new()
    {
        ["Put"] = "PutItem",
        ["Update"] = "UpdateItem",
        ["Delete"] = "DeleteItem",
        ["ConditionCheck"] = "ConditionCheckItem",
        ["Get"] = "GetItem",
    };

    public static IEnumerable<Call> Of(RecordedCall recorded, DeployedNames names)
    {
        var body = JsonNode.Parse(recorded.Body!)!;
        Call On(string action, string resource) => new(recorded.Caller, "dynamodb:" + action, resource);
        string Table(JsonNode? name) => names.Table((string)name!);
        return recorded.Operation switch
        {
            "TransactWriteItems" or "TransactGetItems" =>
                body["TransactItems"]!.AsArray().SelectMany(part => part!.AsObject()).Select(part => On(Parts[part.Key], Table(part.Value!["TableName"]))),
            "BatchGetItem" or "BatchWriteItem" => body["RequestItems"]!.AsObject().Select(part => On(recorded.Operation, names.Table(part.Key))),
            "DescribeStream" or "GetShardIterator" => [On(recorded.Operation, names.Stream((string)body["StreamArn"]!))],
            // An iterator does not tell its stream; a pipe reads one.
            "GetRecords" => [On(recorded.Operation, names.StreamOf(recorded.Caller))],
            { } one when body["IndexName"] is { } index => [On(one, $"{Table(body["TableName"])}/index/{index}")],
            { } one when body["TableName"] is { } table => [On(one, Table(table))],
            _ => throw Call.Unknown(recorded),
        };
    }
}
