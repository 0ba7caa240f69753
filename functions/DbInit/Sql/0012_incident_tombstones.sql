-- Which reports were deleted, and at which version: a writer that stood still meanwhile cannot make one rise, whatever becomes of it
-- afterwards. Kept as long as the tombstone in Reports.
CREATE TABLE IF NOT EXISTS incident_tombstones (
    tenant_id   UUID NOT NULL REFERENCES tenants (id),
    incident_id UUID NOT NULL,
    version     BIGINT NOT NULL,
    deleted_at  TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, incident_id)
);

CREATE INDEX IF NOT EXISTS idx_incident_tombstones_deleted_at ON incident_tombstones (tenant_id, deleted_at);

CREATE OR REPLACE VIEW tenant.incident_tombstones AS
    SELECT tenant_id, incident_id, version, deleted_at FROM public.incident_tombstones
    WHERE tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid
    WITH CASCADED CHECK OPTION;
