using System.Text.Json.Nodes;
using DomainFlow.Judge.Tests.Judging;
using DomainFlow.Judge.Tests.Recording;

namespace DomainFlow.Judge.Tests.Calls;

internal static class SecretCalls
{
    public static IEnumerable<Call> Of(RecordedCall recorded, DeployedNames names) =>
        [new(recorded.Caller, "secretsmanager:" + recorded.Operation, names.Secret((string)JsonNode.Parse(recorded.Body!)!["SecretId"]!))];
}
