-- Tombstones by age (created_at is when they were written), for who drops those that nothing late can meet any more. Partial: it holds
-- few rows, and is made by one pass over the table.
CREATE INDEX IF NOT EXISTS search_documents_tombstones ON embedded.search_documents (created_at) WHERE deleted;
