-- What the functions' role sees: one tenant, through plain views. Under a row level security policy, operators that are not leakproof
-- (@>, @@, &&) could not use an index.
CREATE SCHEMA IF NOT EXISTS tenant;

-- The tenant of this transaction. Local to it: a pooled connection carries nothing over to the next caller.
CREATE OR REPLACE FUNCTION tenant.begin_tenant(tenant_id UUID) RETURNS VOID LANGUAGE plpgsql AS $$
BEGIN
    IF tenant_id IS NULL THEN
        RAISE EXCEPTION 'begin_tenant: tenant_id is null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    PERFORM pg_catalog.set_config('app.tenant_id', tenant_id::text, true);
END
$$;

-- The columns are written out: a later script that adds one to a table adds it here too, at the end, by CREATE OR REPLACE VIEW.
CREATE OR REPLACE VIEW tenant.tenants AS
    SELECT id, tenant_name, created_at, updated_at FROM public.tenants
    WHERE id = NULLIF(current_setting('app.tenant_id', true), '')::uuid
    WITH CASCADED CHECK OPTION;

CREATE OR REPLACE VIEW tenant.users AS
    SELECT id, username, email, cognito_sub, tenant_id, created_at, updated_at FROM public.users
    WHERE tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid
    WITH CASCADED CHECK OPTION;

CREATE OR REPLACE VIEW tenant.teams AS
    SELECT id, team_name, tenant_id, members, created_at, updated_at, created_by FROM public.teams
    WHERE tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid
    WITH CASCADED CHECK OPTION;

CREATE OR REPLACE VIEW tenant.agent_definitions AS
    SELECT id, agent_id, tenant_id, agent_name, agent_class, system_prompt, tools, agent_dependencies, max_output_keys, output_schema,
        description, enabled, is_inbuilt, version, created_at, updated_at, created_by
    FROM public.agent_definitions
    WHERE tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid
    WITH CASCADED CHECK OPTION;

CREATE OR REPLACE VIEW tenant.builtin_agent_definitions AS
    SELECT id, agent_id, tenant_id, agent_name, agent_class, system_prompt, tools, agent_dependencies, max_output_keys, output_schema,
        description, enabled, is_inbuilt, version, created_at, updated_at, created_by
    FROM public.agent_definitions
    WHERE tenant_id IS NULL
    WITH CASCADED CHECK OPTION;

CREATE OR REPLACE VIEW tenant.agent_definition_versions AS
    SELECT definition_id, version, tenant_id, agent_id, definition, created_at FROM public.agent_definition_versions
    WHERE tenant_id IS NULL OR tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid
    WITH CASCADED CHECK OPTION;

CREATE OR REPLACE VIEW tenant.domain_configurations AS
    SELECT id, domain_id, tenant_id, domain_name, description, ingestion_playbook, query_playbook, management_playbook, categories, places,
        status_transitions, settings, version, created_at, updated_at, created_by
    FROM public.domain_configurations
    WHERE tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid
    WITH CASCADED CHECK OPTION;

CREATE OR REPLACE VIEW tenant.incidents AS
    SELECT id, tenant_id, domain_id, raw_text, structured_data, location, created_at, updated_at, created_by, reported_at, version, status,
        work_status, text_search
    FROM public.incidents
    WHERE tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid
    WITH CASCADED CHECK OPTION;

CREATE OR REPLACE VIEW tenant.image_evidence AS
    SELECT id, incident_id, tenant_id, s3_bucket, s3_key, content_type, file_size_bytes, uploaded_at FROM public.image_evidence
    WHERE tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid
    WITH CASCADED CHECK OPTION;
