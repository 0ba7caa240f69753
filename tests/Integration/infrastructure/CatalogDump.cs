namespace DomainFlow.Integration.Tests.Infrastructure;

/// <summary>Everything that DbInit makes, as sorted lines: two databases with equal lines have equal schemas.</summary>
internal static class CatalogDump
{
    private const string Ours = """
        n.nspname IN ('public', 'tenant', 'embedded')
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = {0}.oid AND d.deptype = 'e')
        """;

    private static readonly string[] Queries =
    [
        $"""
        SELECT 'column', n.nspname, c.relname, c.relkind, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attgenerated,
            pg_get_expr(e.adbin, e.adrelid)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
            LEFT JOIN pg_attrdef e ON e.adrelid = c.oid AND e.adnum = a.attnum
        WHERE c.relkind IN ('r', 'p', 'v', 'i', 'I') AND {Of("c")}
        """,
        $"SELECT 'index', pg_get_indexdef(c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('i', 'I') AND {Of("c")}",
        $"""
        SELECT 'constraint', t.relname, c.conname, pg_get_constraintdef(c.oid) FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
            JOIN pg_namespace n ON n.oid = t.relnamespace WHERE {Of("t")}
        """,
        $"""
        SELECT 'trigger', pg_get_triggerdef(g.oid) FROM pg_trigger g JOIN pg_class t ON t.oid = g.tgrelid JOIN pg_namespace n ON n.oid = t.relnamespace
        WHERE NOT g.tgisinternal AND {Of("t")}
        """,
        $"SELECT 'function', pg_get_functiondef(p.oid), p.proacl FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE {Of("p")}",
        $"SELECT 'view', c.relname, pg_get_viewdef(c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'v' AND {Of("c")}",
        $"""
        SELECT 'relation', n.nspname, c.relname, c.relkind, c.relacl, pg_get_userbyid(c.relowner), c.reloptions, pg_get_expr(c.relpartbound, c.oid),
            pg_get_partkeydef(c.oid)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {Of("c")}
        """,
        "SELECT 'schema', nspname, nspacl FROM pg_namespace WHERE nspname IN ('public', 'tenant', 'embedded')",
        "SELECT 'database', datacl FROM pg_database WHERE datname = current_database()",
        "SELECT 'setting', r.rolname, s.setconfig FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole JOIN pg_database d ON d.oid = s.setdatabase "
            + "WHERE d.datname = current_database()",
        "SELECT 'role', rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolbypassrls FROM pg_roles "
            + "WHERE rolname LIKE current_database() || '%'",
        "SELECT 'history', name, CASE name WHEN 'grants.sql' THEN '' ELSE checksum END FROM public.schema_history",
        "SELECT 'agent', agent_id, agent_class, version, tenant_id FROM public.agent_definitions",
        "SELECT 'agent version', agent_id, version FROM public.agent_definition_versions",
    ];

    public static async Task<List<string>> TakeAsync(TestDatabase database)
    {
        var source = await database.OwnerSourceAsync();
        var lines = new List<string>();
        foreach (var query in Queries)
        {
            var columns = await database.LinesAsync(source, $"SELECT q::text FROM ({query}) q");
            Assert.NotEmpty(columns);
            lines.AddRange(columns);
        }

        // The names of database and roles differ from test to test.
        return [.. lines.Select(line => line.Replace(database.Name, "db", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    private static string Of(string alias) => string.Format(System.Globalization.CultureInfo.InvariantCulture, Ours, alias);
}
