using DomainFlow.DbInit.Schema;
using DomainFlow.DbInit.UseCases;
using DomainFlow.EndToEnd.Tests.Running;
using DomainFlow.Playbooks.BuiltIn;
using DomainFlow.Postgres;
using Npgsql;

namespace DomainFlow.Chaos.Tests.Upgrade;

/// <summary>DbInit as a later release brings it: this release's scripts, and behind them changes of each kind that a release makes.</summary>
internal sealed class NextRelease(RunningSystem system) : IAsyncDisposable
{
    public static IReadOnlyList<SchemaScript> Added { get; } =
    [
        new("9001_next_tables.sql", """
            ALTER TABLE incidents ADD COLUMN IF NOT EXISTS severity SMALLINT NOT NULL DEFAULT 0;
            ALTER TABLE users ADD COLUMN IF NOT EXISTS phone TEXT;
            ALTER TABLE domain_configurations ADD COLUMN IF NOT EXISTS retention_days INTEGER CHECK (retention_days > 0);
            CREATE TABLE IF NOT EXISTS crews (id UUID PRIMARY KEY, tenant_id UUID NOT NULL REFERENCES tenants (id), name TEXT NOT NULL);
            CREATE OR REPLACE FUNCTION note_severity() RETURNS TRIGGER LANGUAGE plpgsql AS $$
            BEGIN
                NEW.severity = CASE WHEN NEW.structured_data ? 'severity' THEN 1 ELSE 0 END;
                RETURN NEW;
            END
            $$;
            CREATE OR REPLACE TRIGGER note_incidents_severity BEFORE INSERT OR UPDATE ON incidents FOR EACH ROW EXECUTE FUNCTION note_severity();
            """),
        new("9002_next_indexes.sql", """
            CREATE INDEX IF NOT EXISTS idx_next_severity ON incidents (tenant_id, severity, reported_at DESC);
            CREATE INDEX IF NOT EXISTS idx_next_words ON incidents USING GIN (to_tsvector('english', structured_data::text));
            """),
        new("9003_next_views.sql", """
            CREATE OR REPLACE VIEW tenant.incidents AS
                SELECT id, tenant_id, domain_id, raw_text, structured_data, location, created_at, updated_at, created_by, reported_at, version, status,
                    work_status, text_search, text_words, written_in, severity
                FROM public.incidents
                WHERE tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid
                WITH CASCADED CHECK OPTION;
            CREATE OR REPLACE VIEW tenant.crews AS
                SELECT id, tenant_id, name FROM public.crews WHERE tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid
                WITH CASCADED CHECK OPTION;
            """),
    ];

    private readonly List<NpgsqlDataSource> _sources = [];

    /// <summary>One run of it, with connections of its own, as another process would have.</summary>
    /// <returns>What it made.</returns>
    public async Task<IReadOnlyList<string>> LayAsync()
    {
        var (settings, owner, functions) = system.DatabaseRoles;
        var source = await PostgresDataSource.CreateAsync(settings, _ => Task.FromResult(owner), CancellationToken.None);
        lock (_sources) _sources.Add(source);
        var laying = new LaySchema(source, new FunctionsRole(functions, settings), BuiltInAgents.All, embedded: true, TimeProvider.System)
        {
            Scripts = [.. SchemaScript.All(withEmbedded: true), .. Added],
        };
        var log = new DbInit.WorkLog();
        Assert.Null(await laying.RunAsync(log, CancellationToken.None));
        return log.Made;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var source in _sources) await source.DisposeAsync();
    }
}
