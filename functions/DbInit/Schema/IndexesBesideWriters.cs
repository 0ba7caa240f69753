using System.Text.RegularExpressions;
using Npgsql;

namespace DomainFlow.DbInit.Schema;

/// <summary>
/// Builds the indexes of a script that holds nothing but CREATE INDEX IF NOT EXISTS, on each partition and concurrently, so that no
/// writer waits for a build. The script itself then finds them and only attaches them to the parent's.
/// </summary>
internal static partial class IndexesBesideWriters
{
    private const int MaxName = 63;

    /// <summary>Harmless to repeat; what an earlier run left half-built is dropped and built again.</summary>
    public static async Task BuildAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        if (Read(sql) is not { } indexes) return;
        foreach (var index in indexes)
        {
            foreach (var partition in await PartitionsAsync(connection, index, cancellationToken))
                await BuildAsync(connection, index, partition, cancellationToken);
        }
    }

    /// <summary>Null for a script that does anything else.</summary>
    internal static IReadOnlyList<IndexToBuild>? Read(string sql)
    {
        var text = string.Join('\n', sql.Split('\n').Where(line => !line.TrimStart().StartsWith("--", StringComparison.Ordinal)));
        var statements = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var indexes = statements.Select(statement => Statement().Match(statement)).ToList();
        return indexes.Count == 0 || indexes.Exists(match => !match.Success)
            ? null
            : [.. indexes.Select(match => new IndexToBuild(match.Groups["name"].Value, match.Groups["table"].Value, match.Groups["rest"].Value))];
    }

    /// <summary>The table's partitions, or the table; none where the index is there already, or nothing that takes time to read.</summary>
    private static async Task<IReadOnlyList<string>> PartitionsAsync(NpgsqlConnection connection, IndexToBuild index, CancellationToken cancellationToken)
    {
        await using var there = Command(connection, $"""
            SELECT to_regclass('public.{index.Table}') IS NOT NULL AND to_regclass('public.{index.Name}') IS NULL
            """);
        if (await there.ExecuteScalarAsync(cancellationToken) is not true) return [];
        await using var filled = Command(connection, $"SELECT EXISTS (SELECT FROM public.{index.Table})");
        if (await filled.ExecuteScalarAsync(cancellationToken) is not true) return [];
        await using var command = Command(connection, $"""
            SELECT c.relname FROM pg_class c
            WHERE c.relkind = 'r' AND (c.oid = 'public.{index.Table}'::regclass
                OR c.oid IN (SELECT relid FROM pg_partition_tree('public.{index.Table}') WHERE isleaf))
            ORDER BY 1
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var partitions = new List<string>();
        while (await reader.ReadAsync(cancellationToken)) partitions.Add(reader.GetString(0));
        return partitions;
    }

    private static async Task BuildAsync(NpgsqlConnection connection, IndexToBuild index, string partition, CancellationToken cancellationToken)
    {
        var name = partition == index.Table ? index.Name : NameOn(index.Name, partition);
        await using var state = Command(connection, $"SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('public.\"{name}\"')");
        var valid = await state.ExecuteScalarAsync(cancellationToken);
        if (valid is true) return;
        if (valid is false) await RunAsync(connection, $"DROP INDEX CONCURRENTLY public.\"{name}\"", cancellationToken);
        await RunAsync(connection, ScriptRunner.SearchPath(local: false), cancellationToken);
        await RunAsync(connection, $"CREATE INDEX CONCURRENTLY \"{name}\" ON public.\"{partition}\" {index.Rest}", cancellationToken);
    }

    private static string NameOn(string index, string partition)
    {
        var name = $"{index}_{partition}";
        return name.Length <= MaxName ? name : $"{name[..(MaxName - 9)]}_{Fingerprint.Of(name)[..8]}";
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql) =>
#pragma warning disable CA2100 // Names from a script of this assembly and from the catalog.
        new(sql, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100

    [GeneratedRegex(@"^CREATE INDEX IF NOT EXISTS (?<name>\w+) ON (?<table>\w+)\s+(?<rest>.+)$", RegexOptions.Singleline)]
    private static partial Regex Statement();

    /// <param name="Rest">What follows the table's name.</param>
    internal sealed record IndexToBuild(string Name, string Table, string Rest);
}
