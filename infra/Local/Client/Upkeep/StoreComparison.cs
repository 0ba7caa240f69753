using System.Text.Json.Nodes;
using DomainFlow.Local.Client.Api;
using DomainFlow.Topology;

namespace DomainFlow.Local.Client.Upkeep;

/// <summary>What one comparison of a tenant's stores found, over all of its slices.</summary>
internal sealed record StoreDifferences(
    int Differences,
    int Pending,
    int Mended,
    IReadOnlyDictionary<string, int> ByKind,
    IReadOnlyDictionary<string, int> LookedAt,
    IReadOnlyList<JsonNode> Examples);

/// <summary>Lets Upkeep compare a tenant's stores, slice by slice.</summary>
internal sealed class StoreComparison(FunctionInvoker functions, Guid tenant, double? graceSeconds)
{
    private const int MaxExamples = 100;

    /// <exception cref="ClientException">Upkeep failed or refused.</exception>
    public async Task<StoreDifferences> RunAsync(bool fix, CancellationToken cancellationToken)
    {
        var (differences, pending, mended) = (0, 0, 0);
        var (kinds, looked, examples) = (new SortedDictionary<string, int>(StringComparer.Ordinal), new Dictionary<string, int>(), new List<JsonNode>());
        string? cursor = null;
        do
        {
            var asked = new JsonObject { ["tenant_id"] = tenant.ToString(), ["fix"] = fix };
            if (cursor is not null) asked["cursor"] = cursor;
            if (graceSeconds is { } grace) asked["grace_seconds"] = grace;
            var slice = await functions.InvokeAsync(SystemMap.Upkeep, new() { ["reconcile"] = asked }, cancellationToken);
            if (slice?["errors"] is JsonArray { Count: > 0 } errors) throw new ClientException($"{errors[0]!["field"]} {errors[0]!["message"]}");
            differences += (int)slice!["differences"]!;
            pending += (int)slice["pending"]!;
            mended += (int)slice["mended"]!;
            Add(kinds, slice["by_kind"]!);
            Add(looked, slice["looked_at"]!);
            examples.AddRange(slice["examples"]!.AsArray().Take(MaxExamples - examples.Count).Select(example => example!));
            cursor = (string?)slice["next"];
        }
        while (cursor is not null);
        return new(differences, pending, mended, kinds, looked, examples);
    }

    private static void Add(IDictionary<string, int> sums, JsonNode counts)
    {
        foreach (var (name, count) in counts.AsObject()) sums[name] = (sums.TryGetValue(name, out var sum) ? sum : 0) + (int)count!;
    }
}
