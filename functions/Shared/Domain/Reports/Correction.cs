using System.Text.Json.Nodes;

namespace DomainFlow.Domain.Reports;

/// <summary>A value that a person set in the place of an extracted one. It outranks every run of the playbook, earlier or later.</summary>
/// <param name="Path">agent.key within the ingestion data, or <see cref="Location"/>.</param>
/// <param name="Value">What holds; null where the person says that there is none.</param>
/// <param name="Original">What the playbook had said when it was first corrected.</param>
public sealed record Correction(string Path, JsonNode? Value, JsonNode? Original, Guid By, DateTimeOffset At)
{
    /// <summary>The path of the report's place; its value is <c>{"lat","lon"}</c>.</summary>
    public const string Location = "location";
    public const string Category = "entity.category";
    public const string Time = "temporal.timestamp";

    /// <summary>Paths that one report may have corrected.</summary>
    public const int MaxCount = 100;

    /// <summary>The outputs with what people corrected in them.</summary>
    public static JsonObject? Apply(JsonObject? outputs, IReadOnlyList<Correction> corrections)
    {
        var corrected = outputs?.DeepClone().AsObject();
        foreach (var correction in corrections.Where(c => c.Path != Location))
        {
            var (agent, key) = Split(correction.Path);
            corrected ??= [];
            if (corrected[agent] is not JsonObject output)
            {
                corrected[agent] = output = [];
            }

            output[key] = correction.Value?.DeepClone();
        }

        return corrected;
    }

    /// <summary>The value at a path of the outputs; null where there is none.</summary>
    public static JsonNode? Read(JsonObject? outputs, string path)
    {
        var (agent, key) = Split(path);
        return (outputs?[agent] as JsonObject)?[key];
    }

    private static (string Agent, string Key) Split(string path) =>
        path.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? (path[..dot], path[(dot + 1)..]) : throw new ArgumentException($"'{path}' is no agent.key");
}
