-- By which release of SearchWords a row's text_words were made: reconcile projects those of another one again.
ALTER TABLE incidents ADD COLUMN IF NOT EXISTS words_release SMALLINT NOT NULL DEFAULT 0;

-- The view with the columns that it has, whatever scripts before this one gave it, and the new one at the end.
DO $$
DECLARE
    columns TEXT;
BEGIN
    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO columns FROM pg_attribute
    WHERE attrelid = 'tenant.incidents'::regclass AND attnum > 0 AND NOT attisdropped;
    IF columns !~ '\mwords_release\M' THEN
        EXECUTE format(
            'CREATE OR REPLACE VIEW tenant.incidents AS SELECT %s, words_release FROM public.incidents '
            'WHERE tenant_id = NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid WITH CASCADED CHECK OPTION', columns);
    END IF;
END
$$;
