-- Only where it is missing: CREATE EXTENSION asks for more rights than the owner may have, even when there is nothing to do.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'postgis') THEN
        CREATE EXTENSION postgis;
    END IF;
END
$$;
