-- Words of the text as a language other than English stems them, written by the projection; null means that text_search, which is
-- English, is what there is.
ALTER TABLE incidents ADD COLUMN IF NOT EXISTS text_words TSVECTOR;

-- The transaction that last wrote the row. A follower reads rows in this order, up to the oldest transaction that still runs: what
-- commits later stands behind that, so that nothing is passed over. Changes in updated_at's order would be: a projection may come late.
ALTER TABLE incidents ADD COLUMN IF NOT EXISTS written_in XID8 NOT NULL DEFAULT '0';

CREATE OR REPLACE FUNCTION note_writing_transaction() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    NEW.written_in = pg_current_xact_id();
    RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER note_incidents_writing_transaction BEFORE INSERT OR UPDATE ON incidents
    FOR EACH ROW EXECUTE FUNCTION note_writing_transaction();

CREATE OR REPLACE VIEW tenant.incidents AS
    SELECT id, tenant_id, domain_id, raw_text, structured_data, location, created_at, updated_at, created_by, reported_at, version, status,
        work_status, text_search, text_words, written_in
    FROM public.incidents
    WHERE tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid
    WITH CASCADED CHECK OPTION;
