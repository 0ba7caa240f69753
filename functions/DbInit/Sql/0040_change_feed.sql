-- The feed of a tenant's changes waits for open transactions that may still write for this tenant, and for no other of the cluster.
--
-- A writer takes the tenant's lock, shared, before its transaction gets its number, and lets go of it after its end. A reader notes
-- which transactions run (a snapshot), then looks at the locks, then reads the rows under a later snapshot. A transaction that ran in the
-- first snapshot is passed by only where the locks show its number in the hands of a session without the tenant's lock: whoever writes
-- for the tenant either had the lock before the number, or writes a number that is no lower than any horizon given before the lock.

-- Waits for open writers: what they wrote was written without the lock.
LOCK TABLE incidents IN SHARE ROW EXCLUSIVE MODE;

CREATE OR REPLACE FUNCTION tenant.change_lock(tenant_id UUID) RETURNS BIGINT LANGUAGE sql IMMUTABLE AS $$
    SELECT pg_catalog.hashtextextended('changes ' || tenant_id::text, 0)
$$;

CREATE OR REPLACE FUNCTION tenant.begin_tenant(tenant_id UUID) RETURNS VOID LANGUAGE plpgsql AS $$
BEGIN
    IF tenant_id IS NULL THEN
        RAISE EXCEPTION 'begin_tenant: tenant_id is null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    PERFORM pg_catalog.set_config('app.tenant_id', tenant_id::text, true);
    IF pg_catalog.pg_current_xact_id_if_assigned() IS NULL THEN
        PERFORM pg_catalog.pg_advisory_xact_lock_shared(tenant.change_lock(tenant_id));
        PERFORM pg_catalog.set_config('app.ordered_tenant', tenant_id::text, true);
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION note_writing_transaction() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('app.ordered_tenant', true) IS NOT DISTINCT FROM NEW.tenant_id::text THEN
        NEW.written_in = pg_current_xact_id();
        RETURN NEW;
    END IF;

    -- The owner, by hand, or a second tenant in one transaction: the number may be older than the lock. A reader that did not see the lock
    -- may have gone as far as the snapshot of that moment, so the row goes behind it. Only a new snapshot tells how far that was.
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'incidents: call begin_tenant first in a transaction that is not READ COMMITTED' USING ERRCODE = 'invalid_transaction_state';
    END IF;
    PERFORM pg_advisory_xact_lock_shared(tenant.change_lock(NEW.tenant_id));
    NEW.written_in = greatest(pg_current_xact_id(), pg_snapshot_xmax(pg_current_snapshot()));
    RETURN NEW;
END
$$;

-- Below this number nothing of the transaction's tenant is still to come. Rows are to be read by a later statement.
CREATE OR REPLACE FUNCTION tenant.change_horizon() RETURNS XID8 LANGUAGE plpgsql AS $$
DECLARE
    running PG_SNAPSHOT := pg_catalog.pg_current_snapshot();
    tenant_lock BIGINT := tenant.change_lock(NULLIF(current_setting('app.tenant_id', true), '')::uuid);
    horizon XID8;
BEGIN
    IF tenant_lock IS NULL THEN
        RAISE EXCEPTION 'change_horizon: no tenant, call begin_tenant first' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    WITH held AS MATERIALIZED (
        SELECT * FROM pg_catalog.pg_locks WHERE granted AND locktype IN ('advisory', 'transactionid')
    ), writers AS (
        SELECT virtualtransaction FROM held
        WHERE locktype = 'advisory' AND objsubid = 1 AND (classid::bigint << 32 | objid::bigint) = tenant_lock
            AND database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
    ), others AS (
        SELECT transactionid FROM held
        WHERE locktype = 'transactionid' AND mode = 'ExclusiveLock' AND virtualtransaction NOT IN (SELECT virtualtransaction FROM writers)
    )
    SELECT number INTO horizon FROM pg_catalog.pg_snapshot_xip(running) AS number
    WHERE number::xid NOT IN (SELECT transactionid FROM others)
    ORDER BY number LIMIT 1;
    RETURN coalesce(horizon, pg_catalog.pg_snapshot_xmax(running));
END
$$;

-- With what a cursor is sealed that holds such numbers: they count what the whole cluster writes, which is no tenant's business.
CREATE TABLE IF NOT EXISTS cursor_key (
    only_one BOOLEAN PRIMARY KEY DEFAULT true CHECK (only_one),
    secret   BYTEA NOT NULL CHECK (length(secret) = 32)
);

INSERT INTO cursor_key (secret)
VALUES (sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())))
ON CONFLICT DO NOTHING;

CREATE OR REPLACE FUNCTION tenant.cursor_secret() RETURNS BYTEA LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT secret FROM public.cursor_key
$$;

REVOKE EXECUTE ON FUNCTION tenant.cursor_secret() FROM PUBLIC;
