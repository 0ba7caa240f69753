-- A writer that sets updated_at itself (a projection, which carries its item's time) is left alone.
CREATE OR REPLACE FUNCTION update_updated_at_column() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at = now();
    END IF;
    RETURN NEW;
END
$$;

-- Caches and runs go by the version: it grows with each change of content, whoever writes, and never otherwise.
CREATE OR REPLACE FUNCTION grow_version_column() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - '{version,updated_at}'::text[] IS DISTINCT FROM to_jsonb(OLD) - '{version,updated_at}'::text[] THEN
        NEW.version = OLD.version + 1;
    ELSE
        NEW.version = OLD.version;
    END IF;
    RETURN NEW;
END
$$;
