using DomainFlow.Chaos.Tests.Support;
using DomainFlow.Domain.Search;
using DomainFlow.Domain.Storage;
using DomainFlow.Embedded;
using DomainFlow.EndToEnd.Tests.Running;
using Npgsql;

namespace DomainFlow.Chaos.Tests.Kill;

/// <summary>Tables and search of a world of reports; incidents lie in PostgreSQL in every world.</summary>
internal abstract class WorldStores : IAsyncDisposable
{
    /// <summary>Who asks and writes beside Synthesis.</summary>
    public abstract ITableStore Tables { get; }

    /// <summary>A process's own, which end with it.</summary>
    /// <param name="connections">The process's connections to PostgreSQL.</param>
    public abstract ProcessStores ForProcess(NpgsqlDataSource connections);

    /// <summary>Which reports changed since the last call: each at least once.</summary>
    public abstract Task<IReadOnlyList<Guid>> TakeChangesAsync();

    /// <summary>Puts what the stores hold to where <see cref="StoreComparison"/> looks at it.</summary>
    public abstract Task ShowAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>The embedded stores or, with DOMAINFLOW_TEST_STORAGE=aws, those of servers.</summary>
    public static async Task<WorldStores> MakeAsync(OwnedDatabase database) =>
        RunningSystem.OnAws ? await AwsWorldStores.OpenAsync(database) : new EmbeddedWorldStores(database);
}

/// <param name="Clients">End with the process.</param>
internal sealed record ProcessStores(ITableStore Tables, ISearchIndex Search, params IDisposable[] Clients);

internal sealed class EmbeddedWorldStores(OwnedDatabase database) : WorldStores
{
    private readonly NpgsqlDataSource _functions = NpgsqlDataSource.Create(database.FunctionsConnection + ";Options=-c lock_timeout=100ms");

    public override ITableStore Tables => field ??= new EmbeddedTables(_functions, TimeProvider.System);

    public override ProcessStores ForProcess(NpgsqlDataSource connections) => new(new EmbeddedTables(connections, TimeProvider.System), new EmbeddedSearch(connections));

    /// <summary>As the stream tells it: in order, one entry for each write.</summary>
    public override async Task<IReadOnlyList<Guid>> TakeChangesAsync()
    {
        await using var command = database.Superuser.CreateCommand(
            "WITH taken AS (DELETE FROM embedded.changes WHERE table_name = 'Reports' RETURNING seq, keys) SELECT (keys ->> 'incident_id')::uuid FROM taken ORDER BY seq");
        await using var reader = await command.ExecuteReaderAsync();
        var changed = new List<Guid>();
        while (await reader.ReadAsync()) changed.Add(reader.GetGuid(0));
        return changed;
    }

    public override Task ShowAsync() => Task.CompletedTask;

    public override ValueTask DisposeAsync() => _functions.DisposeAsync();
}
