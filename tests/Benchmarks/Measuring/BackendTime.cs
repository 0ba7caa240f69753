using System.Diagnostics;
using Npgsql;

namespace DomainFlow.Benchmarks.Measuring;

/// <summary>Processor time of PostgreSQL's processes on this machine.</summary>
internal static class BackendTime
{
    /// <summary>What the clients of a database have had so far, over the connections that are open now.</summary>
    public static async Task<TimeSpan> OfAsync(string superuser, CancellationToken stop)
    {
        await using var connection = new NpgsqlConnection(superuser);
        await connection.OpenAsync(stop);
        await using var command = new NpgsqlCommand(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()", connection);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var total = TimeSpan.Zero;
        while (await reader.ReadAsync(stop))
        {
            using var backend = Process.GetProcessById(reader.GetInt32(0));
            total += backend.TotalProcessorTime;
        }

        return total;
    }
}
