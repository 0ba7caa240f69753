using DomainFlow.DbInit.Schema;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Domain.Search;
using DomainFlow.Postgres;
using DomainFlow.Search;
using Npgsql;

namespace DomainFlow.DbInit.UseCases;

/// <summary>
/// Brings the database to this release's schema: the functions' role, the scripts that did not run yet, grants, built-in agents.
/// Harmless to repeat, and safe beside others of its kind.
/// </summary>
/// <param name="embedded">Lays the scripts of the embedded stores too.</param>
/// <param name="search">Where its index is to be made; null where PostgreSQL searches.</param>
public sealed class LaySchema(
    NpgsqlDataSource database,
    FunctionsRole role,
    IReadOnlyList<AgentDefinition> builtInAgents,
    bool embedded,
    TimeProvider clock,
    OpenSearchIndex? search = null)
{
    private readonly ScriptRunner _runner = new(clock);

    /// <summary>In the order in which they run; those of this release.</summary>
    public IReadOnlyList<SchemaScript> Scripts { get; init; } = SchemaScript.All(embedded);

    /// <returns>What is in the way; null when the schema stands.</returns>
    public Task<FieldError?> RunAsync(WorkLog log, CancellationToken cancellationToken) =>
        LostConnection.OnceMoreAsync(database, () => RunOnceAsync(log, cancellationToken));

    private async Task<FieldError?> RunOnceAsync(WorkLog log, CancellationToken cancellationToken)
    {
        await using var connection = await PostgresDataSource.OpenAsync(database, cancellationToken);
        await using var held = await SchemaLock.AcquireAsync(connection, clock, cancellationToken);

        var history = await ScriptRunner.HistoryAsync(connection, cancellationToken);
        if (Scripts.FirstOrDefault(script => history.TryGetValue(script.Name, out var ran) && ran != script.Checksum) is { } changed)
            return new FieldError(changed.Name, "This script ran here with another text. Put its text back, and write what is new into a script of its own.");

        var roleChange = await role.EnsureAsync(connection, cancellationToken);
        log.Add($"role {role.Name}", roleChange);
        await RunScriptsAsync(connection, history, log, cancellationToken);
        await GrantAsync(connection, history, roleChange == RowChange.Created, log, cancellationToken);
        await BuiltInAgentRows.WriteAsync(connection, builtInAgents, log, cancellationToken);
        if (search is not null) await search.PrepareAsync(SearchIndexes.Incidents, cancellationToken);
        return null;
    }

    private async Task RunScriptsAsync(
        NpgsqlConnection connection, IReadOnlyDictionary<string, string> history, WorkLog log, CancellationToken cancellationToken)
    {
        foreach (var script in Scripts)
        {
            if (history.ContainsKey(script.Name))
            {
                log.AlreadyThere(script.Name);
                continue;
            }

            await _runner.RunAsync(connection, script.Name, role.Fill(script.Sql), script.Checksum, cancellationToken);
            log.Created(script.Name);
        }
    }

    private async Task GrantAsync(
        NpgsqlConnection connection, IReadOnlyDictionary<string, string> history, bool roleIsNew, WorkLog log, CancellationToken cancellationToken)
    {
        var grants = SchemaScript.Grants;
        var sql = role.Fill(grants.Sql);
        var fingerprint = Fingerprint.Of([sql, .. Scripts.Select(script => script.Checksum)]);
        var known = history.TryGetValue(grants.Name, out var ran);
        if (ran == fingerprint && !roleIsNew)
        {
            log.AlreadyThere(grants.Name);
            return;
        }

        await _runner.RunAsync(connection, grants.Name, sql, fingerprint, cancellationToken);
        log.Add(grants.Name, known ? RowChange.Changed : RowChange.Created);
    }
}
