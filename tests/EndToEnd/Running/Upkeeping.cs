using System.Diagnostics;
using System.Text.Json.Nodes;
using Npgsql;
using Xunit;

namespace DomainFlow.EndToEnd.Tests.Running;

/// <summary>Upkeep as an operator calls it, and the faults that it is to find.</summary>
internal static class Upkeeping
{
    /// <summary>Compares all stores of a tenant, to the end, one slice for each call; what is on its way counts as a difference.</summary>
    /// <returns>Differences by kind; empty where there is none.</returns>
    public static async Task<SortedDictionary<string, int>> ReconcileAsync(this RunningSystem system, Guid tenant, bool fix = false, double graceSeconds = 0)
    {
        var kinds = new SortedDictionary<string, int>(StringComparer.Ordinal);
        string? cursor = null;
        do
        {
            var asked = new JsonObject { ["tenant_id"] = tenant.ToString(), ["fix"] = fix, ["grace_seconds"] = graceSeconds, ["time_limit_seconds"] = 0 };
            if (cursor is not null) asked["cursor"] = cursor;
            var slice = await system.InvokeAsync("Upkeep", new JsonObject { ["reconcile"] = asked });
            Assert.True(slice["errors"] is null, slice.ToJsonString());
            foreach (var (kind, count) in slice["by_kind"]!.AsObject()) kinds[kind] = kinds.GetValueOrDefault(kind) + (int)count!;
            cursor = (string?)slice["next"];
        }
        while (cursor is not null);
        return kinds;
    }

    /// <summary>Waits until all stores of a tenant agree.</summary>
    public static async Task AgreeAsync(this RunningSystem system, Guid tenant)
    {
        var kinds = new SortedDictionary<string, int>();
        await Eventually.HoldsAsync(
            async () => (kinds = await system.ReconcileAsync(tenant)).Count == 0,
            TimeSpan.FromSeconds(60),
            () => $"the stores differ: {string.Join(", ", kinds)}\n{system.Log}");
    }

    /// <summary>Waits until no message tells of an item any more: a late one would mend what a test plants.</summary>
    public static Task QuietAsync(this RunningSystem system, string id) =>
        Eventually.HoldsAsync(() => system.IsQuietAsync(id), TimeSpan.FromSeconds(60), () => $"there are messages of {id}\n{system.Log}");

    /// <summary>Waits until an item's messages have done their work; one that came back, only to find it done later, is dropped.</summary>
    public static Task DoneAsync(this RunningSystem system, string id) =>
        Eventually.HoldsAsync(
            async () =>
            {
                // Received once and given back: it is in nobody's hands.
                await system.TamperAsync(
                    "DELETE FROM host.messages WHERE position(@id IN body) > 0 AND receive_count = 1 AND last_error IS NOT NULL", ("id", id));
                return await system.IsQuietAsync(id);
            },
            TimeSpan.FromSeconds(60),
            () => $"there are messages of {id}\n{system.Log}");

    private static async Task<bool> IsQuietAsync(this RunningSystem system, string id) =>
        await system.QueryAsync<long>(
            "SELECT count(*) FROM (SELECT body FROM host.messages UNION ALL SELECT keys::text FROM embedded.changes) told (body) WHERE position(@id IN body) > 0",
            ("id", id)) == 0;

    public static Task<JsonNode> SweepAsync(this RunningSystem system) =>
        system.InvokeAsync("Upkeep", new JsonObject { ["sweep"] = new JsonObject { ["older_than_seconds"] = 0 } });

    /// <summary>Changes a store behind the system's back.</summary>
    /// <returns>How many rows were changed.</returns>
    public static async Task<int> TamperAsync(this RunningSystem system, string sql, params (string Name, object Value)[] parameters)
    {
        await using var connection = new NpgsqlConnection(system.Superuser);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Runs a command of ./run's against the running system.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(this RunningSystem system, params string[] arguments)
    {
        var program = Path.Combine(RunningSystem.Root, "artifacts", "bin", "Local", "release", "DomainFlow.Local");
        var start = new ProcessStartInfo(program, [.. arguments, "--state", system.State, "--url", system.Url])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }
}
