-- What a domain learned about its categories from reports of the past; null where nothing was. Readers fetch it by the domain's version.
ALTER TABLE domain_configurations ADD COLUMN IF NOT EXISTS learned JSONB;

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = 'domain_configurations'::regclass AND conname = 'domain_configurations_learned_check') THEN
        ALTER TABLE domain_configurations ADD CONSTRAINT domain_configurations_learned_check CHECK (jsonb_typeof(learned) = 'object');
    END IF;
END
$$;

CREATE OR REPLACE VIEW tenant.domain_configurations AS
    SELECT id, domain_id, tenant_id, domain_name, description, ingestion_playbook, query_playbook, management_playbook, categories, places,
        status_transitions, settings, version, created_at, updated_at, created_by, learned
    FROM public.domain_configurations
    WHERE tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid
    WITH CASCADED CHECK OPTION;
