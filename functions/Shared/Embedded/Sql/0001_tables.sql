-- Keyed items with secondary indexes and change capture: DynamoDB's shape on one machine.
-- Keys compare by bytes (COLLATE "C"), as DynamoDB compares strings.
CREATE SCHEMA IF NOT EXISTS embedded;

CREATE TABLE IF NOT EXISTS embedded.items (
    table_name    text COLLATE "C" NOT NULL,
    partition_key text COLLATE "C" NOT NULL,
    sort_key      text COLLATE "C" NOT NULL,      -- '' in a table without a sort key
    tenant_id     uuid NOT NULL,
    item          jsonb NOT NULL,
    version       bigint,                         -- the item's own number `version`, where it has one
    expires_at    bigint,                         -- epoch seconds
    stream_keys   jsonb,                          -- what a change names; null in a table without a stream
    PRIMARY KEY (table_name, partition_key, sort_key)
);

CREATE INDEX IF NOT EXISTS items_expires_at ON embedded.items (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE IF NOT EXISTS embedded.index_entries (
    table_name      text COLLATE "C" NOT NULL,
    index_name      text COLLATE "C" NOT NULL,
    index_partition text COLLATE "C" NOT NULL,
    index_sort      text COLLATE "C" NOT NULL,    -- '' in an index without a sort key
    partition_key   text COLLATE "C" NOT NULL,
    sort_key        text COLLATE "C" NOT NULL,
    PRIMARY KEY (table_name, index_name, index_partition, index_sort, partition_key, sort_key),
    FOREIGN KEY (table_name, partition_key, sort_key) REFERENCES embedded.items ON DELETE CASCADE
);

CREATE UNIQUE INDEX IF NOT EXISTS index_entries_by_item ON embedded.index_entries (table_name, partition_key, sort_key, index_name);

CREATE TABLE IF NOT EXISTS embedded.changes (
    seq        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    table_name text NOT NULL,
    keys       jsonb NOT NULL,
    event      text NOT NULL CHECK (event IN ('INSERT', 'MODIFY', 'REMOVE')),
    created_at timestamptz NOT NULL DEFAULT now()
);

-- Deletes expired items, at most so many, and writes their REMOVE changes: what DynamoDB's time to live does some time after the expiry.
CREATE OR REPLACE FUNCTION embedded.delete_expired(at_epoch bigint, at_most integer) RETURNS integer LANGUAGE sql AS $$
    WITH expired AS (
        SELECT table_name, partition_key, sort_key FROM embedded.items
        WHERE expires_at <= at_epoch ORDER BY expires_at LIMIT at_most FOR UPDATE SKIP LOCKED),
    removed AS (
        DELETE FROM embedded.items i USING expired e
        WHERE (i.table_name, i.partition_key, i.sort_key) = (e.table_name, e.partition_key, e.sort_key)
        RETURNING i.table_name, i.stream_keys),
    captured AS (
        INSERT INTO embedded.changes (table_name, keys, event)
        SELECT table_name, stream_keys, 'REMOVE' FROM removed WHERE stream_keys IS NOT NULL
        RETURNING pg_notify('embedded_changes', ''))
    SELECT count(*)::integer FROM removed, (SELECT count(*) FROM captured) told
$$;

GRANT USAGE ON SCHEMA embedded TO :functions_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON embedded.items, embedded.index_entries, embedded.changes TO :functions_role;
