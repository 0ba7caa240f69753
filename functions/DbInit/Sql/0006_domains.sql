CREATE TABLE IF NOT EXISTS domain_configurations (
    id                  UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    domain_id           VARCHAR(100) NOT NULL,
    tenant_id           UUID NOT NULL REFERENCES tenants (id),
    domain_name         VARCHAR(200) NOT NULL,
    description         TEXT,
    ingestion_playbook  JSONB NOT NULL,
    query_playbook      JSONB NOT NULL,
    management_playbook JSONB NOT NULL,
    categories          JSONB NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(categories) = 'array'),
    places              JSONB NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(places) = 'array'),
    status_transitions  JSONB NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(status_transitions) = 'object'),
    settings            JSONB NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(settings) = 'object'),
    version             INTEGER NOT NULL DEFAULT 1,
    created_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    created_by          UUID,
    CONSTRAINT domain_configurations_domain_id_key UNIQUE (tenant_id, domain_id),
    CONSTRAINT domain_configurations_created_by_fkey FOREIGN KEY (tenant_id, created_by) REFERENCES users (tenant_id, id)
);

CREATE INDEX IF NOT EXISTS idx_domains_tenant ON domain_configurations (tenant_id);

CREATE OR REPLACE TRIGGER update_domain_configurations_updated_at BEFORE UPDATE ON domain_configurations
    FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
CREATE OR REPLACE TRIGGER grow_domain_configurations_version BEFORE UPDATE ON domain_configurations
    FOR EACH ROW EXECUTE FUNCTION grow_version_column();
