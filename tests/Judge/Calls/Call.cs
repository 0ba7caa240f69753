using DomainFlow.Judge.Tests.Judging;
using DomainFlow.Judge.Tests.Recording;

namespace DomainFlow.Judge.Tests.Calls;

/// <summary>One action on one resource that a caller asked for, as IAM sees it.</summary>
/// <param name="Resource">The ARN that it has in a deployment.</param>
public sealed record Call(string Caller, string Action, string Resource)
{
    /// <summary>What IAM judges of a recorded call: several actions where one request does several things.</summary>
    /// <exception cref="InvalidOperationException">It is none that the judge knows.</exception>
    internal static IEnumerable<Call> Of(RecordedCall recorded, DeployedNames names) => recorded.Service switch
    {
        "dynamodb" => TableCalls.Of(recorded, names),
        "s3" => ObjectCalls.Of(recorded, names),
        "es" => SearchCalls.Of(recorded, names),
        "secretsmanager" => SecretCalls.Of(recorded, names),
        _ => throw Unknown(recorded),
    };

    internal static InvalidOperationException Unknown(RecordedCall recorded) => new($"the judge does not know this call: {recorded}");
}
