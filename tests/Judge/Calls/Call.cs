using DomainFlow.Judge.Tests.Judging;
using DomainFlow.Judge.Tests.Recording;

namespace DomainFlow.Judge.Tests.Calls;

/// <summary>One action on one resource that a caller asked for, as IAM sees it.</summary>
/// <param name="Resource">The ARN that it has in a deployment.</param>
/// <param name="Prefix">Of a listing's keys; null where none is named.</param>
public sealed record Call(string Caller, string Action, string Resource, string? Prefix = null)
{
    /// <summary>ARN of the function whose code called; null for others.</summary>
    public string? SourceFunction { get; private init; }

    /// <summary>What IAM judges of a recorded call: several actions where one request does several things.</summary>
    /// <exception cref="InvalidOperationException">It is none that the judge knows.</exception>
    internal static IEnumerable<Call> Of(RecordedCall recorded, DeployedNames names) =>
        OfService(recorded, names).Select(call => call with { SourceFunction = names.SourceFunction(recorded.Caller) });

    internal static InvalidOperationException Unknown(RecordedCall recorded) => new($"the judge does not know this call: {recorded}");

    private static IEnumerable<Call> OfService(RecordedCall recorded, DeployedNames names) => recorded.Service switch
    {
        "dynamodb" => TableCalls.Of(recorded, names),
        "s3" => ObjectCalls.Of(recorded, names),
        "es" => SearchCalls.Of(recorded, names),
        "secretsmanager" => SecretCalls.Of(recorded, names),
        _ => throw Unknown(recorded),
    };
}
