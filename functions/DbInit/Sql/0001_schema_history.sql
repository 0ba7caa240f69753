-- What ran here. DbInit reads it under its lock, and refuses a script whose text is no longer the one that ran.
CREATE TABLE IF NOT EXISTS schema_history (
    name        VARCHAR(200) PRIMARY KEY,
    checksum    CHAR(64) NOT NULL,
    applied_at  TIMESTAMPTZ NOT NULL DEFAULT now(),
    duration_ms INTEGER NOT NULL CHECK (duration_ms >= 0)
);
