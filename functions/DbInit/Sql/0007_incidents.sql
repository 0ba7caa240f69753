-- A dedicated tenant gets a partition of its own (DbInit's tenant payload); all others share DEFAULT, spread by hash: a partition
-- for each of thousands of tenants would cost more to plan than it saves.
CREATE TABLE IF NOT EXISTS incidents (
    id              UUID NOT NULL,
    tenant_id       UUID NOT NULL REFERENCES tenants (id),
    domain_id       VARCHAR(100) NOT NULL,
    raw_text        TEXT NOT NULL,
    structured_data JSONB NOT NULL DEFAULT '{}',
    location        GEOGRAPHY(POINT, 4326),
    created_at      TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at      TIMESTAMPTZ NOT NULL DEFAULT now(),
    created_by      UUID NOT NULL,
    reported_at     TIMESTAMPTZ NOT NULL DEFAULT now(),
    version         BIGINT NOT NULL DEFAULT 1,
    status          VARCHAR(30) NOT NULL DEFAULT 'received',
    work_status     VARCHAR(30) NOT NULL DEFAULT 'pending',
    text_search     TSVECTOR GENERATED ALWAYS AS (to_tsvector('english'::regconfig, raw_text)) STORED,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT incidents_status_check CHECK (status IN ('received', 'completed', 'needs_clarification', 'failed')),
    CONSTRAINT incidents_created_by_fkey FOREIGN KEY (tenant_id, created_by) REFERENCES users (tenant_id, id)
) PARTITION BY LIST (tenant_id);

CREATE TABLE IF NOT EXISTS image_evidence (
    id              UUID NOT NULL,
    incident_id     UUID NOT NULL,
    tenant_id       UUID NOT NULL REFERENCES tenants (id),
    s3_bucket       VARCHAR(200) NOT NULL,
    s3_key          VARCHAR(500) NOT NULL,
    content_type    VARCHAR(100),
    file_size_bytes INTEGER CHECK (file_size_bytes >= 0),
    uploaded_at     TIMESTAMPTZ DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT image_evidence_s3_key_key UNIQUE (tenant_id, s3_bucket, s3_key),
    CONSTRAINT image_evidence_incident_id_fkey
        FOREIGN KEY (tenant_id, incident_id) REFERENCES incidents (tenant_id, id) ON DELETE CASCADE
) PARTITION BY LIST (tenant_id);

CREATE TABLE IF NOT EXISTS incidents_default PARTITION OF incidents DEFAULT PARTITION BY HASH (tenant_id);
CREATE TABLE IF NOT EXISTS image_evidence_default PARTITION OF image_evidence DEFAULT PARTITION BY HASH (tenant_id);

DO $$
BEGIN
    FOR remainder IN 0..15 LOOP
        EXECUTE format('CREATE TABLE IF NOT EXISTS incidents_default_%s PARTITION OF incidents_default '
            'FOR VALUES WITH (MODULUS 16, REMAINDER %s)', lpad(remainder::text, 2, '0'), remainder);
        EXECUTE format('CREATE TABLE IF NOT EXISTS image_evidence_default_%s PARTITION OF image_evidence_default '
            'FOR VALUES WITH (MODULUS 16, REMAINDER %s)', lpad(remainder::text, 2, '0'), remainder);
    END LOOP;
END
$$;

CREATE OR REPLACE TRIGGER update_incidents_updated_at BEFORE UPDATE ON incidents FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

CREATE INDEX IF NOT EXISTS idx_incidents_tenant_domain ON incidents (tenant_id, domain_id);
CREATE INDEX IF NOT EXISTS idx_incidents_created_at ON incidents (created_at DESC);
CREATE INDEX IF NOT EXISTS idx_incidents_structured_data ON incidents USING GIN (structured_data jsonb_path_ops);
CREATE INDEX IF NOT EXISTS idx_incidents_location ON incidents USING GIST (location);

-- Lists and their cursors, with and without a domain.
CREATE INDEX IF NOT EXISTS idx_incidents_domain_reported ON incidents (tenant_id, domain_id, reported_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS idx_incidents_reported ON incidents (tenant_id, reported_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS idx_incidents_text_search ON incidents USING GIN (text_search);
-- A bounding box is flat: edges along parallels. On GEOGRAPHY they would be great circles, which cut its corners off.
CREATE INDEX IF NOT EXISTS idx_incidents_position ON incidents USING GIST ((location::geometry));
CREATE INDEX IF NOT EXISTS idx_image_evidence_incident ON image_evidence (tenant_id, incident_id);
CREATE INDEX IF NOT EXISTS idx_incidents_created_by ON incidents (tenant_id, created_by);
