-- Search on one machine: text by tsvector, vectors as little-endian floats that processes keep in memory.
-- `watermark` grows by one with each write of an index's tenant. Its row is locked until the writer commits, so that watermarks
-- become visible in order: who has read up to one has missed nothing below it.
CREATE TABLE IF NOT EXISTS embedded.search_watermarks (
    index_name text NOT NULL,
    tenant_id  uuid NOT NULL,
    watermark  bigint NOT NULL,
    PRIMARY KEY (index_name, tenant_id)
);

CREATE TABLE IF NOT EXISTS embedded.search_documents (
    index_name   text NOT NULL,
    tenant_id    uuid NOT NULL,
    id           uuid NOT NULL,
    version      bigint NOT NULL,
    watermark    bigint NOT NULL,
    deleted      boolean NOT NULL,                -- a tombstone: it tells the caches, and keeps late upserts out
    domain_id    text NOT NULL,
    text_content text NOT NULL,
    text_vector  tsvector NOT NULL,
    embedding    bytea,                           -- a unit vector; null in a tombstone
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (index_name, tenant_id, id)
);

CREATE INDEX IF NOT EXISTS search_documents_watermark ON embedded.search_documents (index_name, tenant_id, watermark);
CREATE INDEX IF NOT EXISTS search_documents_text ON embedded.search_documents USING gin (text_vector) WHERE NOT deleted;

GRANT SELECT, INSERT, UPDATE, DELETE ON embedded.search_watermarks, embedded.search_documents TO :functions_role;
