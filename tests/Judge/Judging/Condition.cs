using System.Text.Json.Nodes;
using DomainFlow.Infra.Tests.Synthesis;
using DomainFlow.Judge.Tests.Calls;

namespace DomainFlow.Judge.Tests.Judging;

/// <summary>One test of a statement's condition: any of the values will do.</summary>
internal sealed record Condition(string Test, string Key, IReadOnlyList<string> Values)
{
    private const string IfExists = "IfExists";

    public static IReadOnlyList<Condition> In(Template template, JsonNode? condition) =>
    [
        .. (condition?.AsObject() ?? []).SelectMany(test => test.Value!.AsObject().Select(pair => new Condition(test.Key, pair.Key, template.Texts(pair.Value)))),
    ];

    public bool Holds(Call call)
    {
        if (Known(call) is not { } actual) return Test.EndsWith(IfExists, StringComparison.Ordinal);
        return (Test.EndsWith(IfExists, StringComparison.Ordinal) ? Test[..^IfExists.Length] : Test) switch
        {
            "Bool" or "StringEqualsIgnoreCase" => Values.Contains(actual, StringComparer.OrdinalIgnoreCase),
            "StringEquals" => Values.Contains(actual),
            "StringLike" or "ArnLike" => Values.Any(value => Wildcard.Matches(value, actual)),
            _ => throw new InvalidOperationException($"the judge does not know the condition {Test}"),
        };
    }

    /// <summary>What IAM knows of a call in a deployment: it came over TLS, what it lists, and which function's code made it.</summary>
    private string? Known(Call call) => Key.ToLowerInvariant() switch
    {
        "aws:securetransport" => "true",
        "s3:prefix" => call.Prefix,
        "lambda:sourcefunctionarn" => call.SourceFunction,
        _ => throw new InvalidOperationException($"the judge does not know the condition key {Key}"),
    };
}
