-- By which release of SearchWords a document's words were made: reconcile writes those of another one again.
ALTER TABLE embedded.search_documents ADD COLUMN IF NOT EXISTS words_release SMALLINT NOT NULL DEFAULT 0;
