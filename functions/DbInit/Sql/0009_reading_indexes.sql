-- Apart from 0009_reading.sql, whose locks keep readers out: building an index keeps out writers only.
-- A finding by status or work status, in a list's order. Most reports are completed: those are found by the list's own index.
CREATE INDEX IF NOT EXISTS idx_incidents_unusual_status ON incidents (tenant_id, status, reported_at DESC, id DESC) WHERE status <> 'completed';
CREATE INDEX IF NOT EXISTS idx_incidents_work_status ON incidents (tenant_id, work_status, reported_at DESC, id DESC);
-- What changed since a time, and a follower's place among the changes.
CREATE INDEX IF NOT EXISTS idx_incidents_updated_at ON incidents (tenant_id, updated_at);
CREATE INDEX IF NOT EXISTS idx_incidents_written_in ON incidents (tenant_id, written_in, id);
CREATE INDEX IF NOT EXISTS idx_incidents_text_words ON incidents USING GIN (text_words) WHERE text_words IS NOT NULL;
