using System.Text.Json.Nodes;
using DomainFlow.Topology;

namespace DomainFlow.Hosting;

/// <summary>Counts in CloudWatch's embedded metric format: a line of the log each. Without a namespace nothing is written.</summary>
/// <param name="space">The metrics' namespace.</param>
public sealed class Metrics(string? space, string function, TimeProvider clock, TextWriter output)
{
    /// <summary>Writes past the runtime's Console, which puts a time and a level before each line: a metric must be its whole line.</summary>
    public static Metrics Of(FunctionEnvironment environment, TimeProvider clock) =>
        new(environment.Optional("METRICS_NAMESPACE"), environment.Function.Name, clock, new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });

    /// <param name="name">One of <see cref="MetricNames"/>.</param>
    public void Count(string name, long value)
    {
        if (space is not null)
        {
            output.WriteLine(Line(name, value).ToJsonString());
        }
    }

    private JsonObject Line(string name, long value) => new()
    {
        ["_aws"] = new JsonObject
        {
            ["Timestamp"] = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            ["CloudWatchMetrics"] = new JsonArray(new JsonObject
            {
                ["Namespace"] = space,
                ["Dimensions"] = new JsonArray(new JsonArray(MetricNames.Dimension)),
                ["Metrics"] = new JsonArray(new JsonObject { ["Name"] = name, ["Unit"] = "Count" }),
            }),
        },
        [MetricNames.Dimension] = function,
        [name] = value,
    };
}
