using System.Text.Json.Nodes;
using DomainFlow.Domain.Objects;
using DomainFlow.Hosting;
using DomainFlow.Topology;

namespace DomainFlow.Upkeep.UseCases;

/// <summary>
/// Deletes values of large items that no item names any more: what a process left that died, or whose answer was lost, between storing
/// them and writing their item, or between writing an item and deleting what it replaced. A deleted report's words may be among them.
/// </summary>
/// <param name="storedValues">Values of every tenant, once around from this one on.</param>
public sealed class Clean(Func<Guid, CancellationToken, IAsyncEnumerable<StoredValue>> storedValues, IObjectStore objects, string bucket, TimeProvider clock)
{
    /// <summary>Younger values may belong to an item that is still being written: a function can take so long to write it.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(SystemMap.Functions.Max(function => function.TimeoutSeconds));

    private static readonly TimeSpan OlderThan = TimeSpan.FromHours(1);

    /// <summary>Left for the deletion that has begun.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(15);

    /// <returns>looked_at, deleted, and whether all were looked at. Each run begins elsewhere, so that in time all are.</returns>
    public async Task<JsonObject> RunAsync(Payload asked, Invocation invocation)
    {
        asked.Allow("older_than_seconds");
        var age = asked.Seconds("older_than_seconds", OlderThan);
        if (age < Least) throw new PayloadException("clean.older_than_seconds", $"must be at least {Least.TotalSeconds}: younger values may still get their item");
        var (looked, deleted, complete) = (0, 0, true);
        await foreach (var (stored, isNamed) in storedValues(Guid.NewGuid(), invocation.Deadline))
        {
            looked++;
            if (!isNamed && stored.StoredAt <= clock.GetUtcNow() - age)
            {
                await objects.DeleteAsync(bucket, stored.Key, stored.Version, invocation.Deadline);
                deleted++;
            }

            if (invocation.Remaining > Margin) continue;
            complete = false;
            break;
        }

        if (deleted > 0) FunctionLog.Information("cleaned: {0} values that no item names are deleted, of {1}", deleted, looked);
        return new() { ["looked_at"] = looked, ["deleted"] = deleted, ["complete"] = complete };
    }
}
