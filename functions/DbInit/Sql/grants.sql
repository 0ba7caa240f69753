-- What the functions' role may do and how its sessions run. Not numbered: it runs again whenever its text, the role or the set of
-- scripts has changed, so that a role of another name, or a new view, is never left without.
GRANT USAGE ON SCHEMA tenant TO :functions_role;
REVOKE ALL ON ALL TABLES IN SCHEMA tenant FROM :functions_role;
GRANT SELECT ON ALL TABLES IN SCHEMA tenant TO :functions_role;
GRANT INSERT, UPDATE, DELETE ON tenant.users, tenant.teams, tenant.agent_definitions, tenant.domain_configurations, tenant.incidents,
    tenant.image_evidence, tenant.incident_tombstones TO :functions_role;
GRANT EXECUTE ON FUNCTION tenant.begin_tenant(UUID), tenant.change_lock(UUID), tenant.change_horizon(), tenant.cursor_secret() TO :functions_role;

DO $$
DECLARE
    -- PostGIS's types, functions and operators are found by the search path; it may stand in a schema of its own.
    postgis TEXT := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'postgis');
    setting RECORD;
BEGIN
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO :functions_role', current_database());
    -- A temporary function could look past the views: a planner may run it before the tenant's condition.
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());

    FOR setting IN SELECT * FROM (VALUES
        ('search_path', format('tenant, %I', postgis)),
        -- Generic plans cannot prune partitions by a parameter when they are planned.
        ('plan_cache_mode', 'force_custom_plan'),
        ('statement_timeout', '25s'),
        ('lock_timeout', '5s'),
        -- A frozen function must not hold its locks for long.
        ('idle_in_transaction_session_timeout', '60s'),
        ('timezone', 'UTC')) AS s (name, value)
    LOOP
        EXECUTE format('ALTER ROLE :functions_role IN DATABASE %I SET %I = %s', current_database(), setting.name,
            CASE setting.name WHEN 'search_path' THEN setting.value ELSE quote_literal(setting.value) END);
    END LOOP;

    -- Nor may one that hangs at its work hold back its tenant's feed of changes.
    IF current_setting('server_version_num')::int >= 170000 THEN
        EXECUTE format('ALTER ROLE :functions_role IN DATABASE %I SET transaction_timeout = ''2min''', current_database());
    END IF;

    IF to_regnamespace('embedded') IS NOT NULL THEN
        GRANT USAGE ON SCHEMA embedded TO :functions_role;
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA embedded TO :functions_role;
    END IF;
END
$$;
