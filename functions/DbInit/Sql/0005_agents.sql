-- A row without a tenant is a built-in agent, readable by all.
CREATE TABLE IF NOT EXISTS agent_definitions (
    id                 UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    agent_id           VARCHAR(100) NOT NULL,
    tenant_id          UUID REFERENCES tenants (id),
    agent_name         VARCHAR(200) NOT NULL,
    agent_class        VARCHAR(20) NOT NULL,
    system_prompt      TEXT NOT NULL,
    tools              JSONB NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(tools) = 'array'),
    agent_dependencies JSONB NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(agent_dependencies) = 'array'),
    max_output_keys    INTEGER NOT NULL DEFAULT 5,
    output_schema      JSONB NOT NULL,
    description        TEXT,
    enabled            BOOLEAN NOT NULL DEFAULT true,
    is_inbuilt         BOOLEAN NOT NULL DEFAULT false,
    version            INTEGER NOT NULL DEFAULT 1,
    created_at         TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at         TIMESTAMPTZ NOT NULL DEFAULT now(),
    created_by         UUID,
    CONSTRAINT agent_definitions_agent_id_key UNIQUE NULLS NOT DISTINCT (tenant_id, agent_id),
    CONSTRAINT agent_definitions_agent_class_check CHECK (agent_class IN ('ingestion', 'query', 'management')),
    CONSTRAINT agent_definitions_max_output_keys_check CHECK (max_output_keys = 5),
    CONSTRAINT agent_definitions_inbuilt_check CHECK (is_inbuilt = (tenant_id IS NULL)),
    CONSTRAINT agent_definitions_created_by_fkey FOREIGN KEY (tenant_id, created_by) REFERENCES users (tenant_id, id)
);

CREATE INDEX IF NOT EXISTS idx_agents_tenant_class ON agent_definitions (tenant_id, agent_class);
CREATE INDEX IF NOT EXISTS idx_agents_enabled ON agent_definitions (enabled);
CREATE INDEX IF NOT EXISTS idx_agents_tenant ON agent_definitions (tenant_id);

-- Every version there was, so that a run can name the one it used.
CREATE TABLE IF NOT EXISTS agent_definition_versions (
    definition_id UUID NOT NULL,
    version       INTEGER NOT NULL,
    tenant_id     UUID REFERENCES tenants (id),
    agent_id      VARCHAR(100) NOT NULL,
    definition    JSONB NOT NULL,
    created_at    TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (definition_id, version)
);

CREATE INDEX IF NOT EXISTS idx_agent_versions_tenant_agent ON agent_definition_versions (tenant_id, agent_id);

-- Runs as the owner: the functions' role may change its tenant's agents, never their history.
CREATE OR REPLACE FUNCTION keep_agent_version() RETURNS TRIGGER LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO agent_definition_versions (definition_id, version, tenant_id, agent_id, definition)
    VALUES (NEW.id, NEW.version, NEW.tenant_id, NEW.agent_id, to_jsonb(NEW))
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER update_agent_definitions_updated_at BEFORE UPDATE ON agent_definitions
    FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
CREATE OR REPLACE TRIGGER grow_agent_definitions_version BEFORE UPDATE ON agent_definitions
    FOR EACH ROW EXECUTE FUNCTION grow_version_column();
CREATE OR REPLACE TRIGGER keep_agent_definitions_version AFTER INSERT OR UPDATE ON agent_definitions
    FOR EACH ROW EXECUTE FUNCTION keep_agent_version();
