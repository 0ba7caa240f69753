-- Text search whose cost does not grow with other tenants: each word of a document is indexed under a number made of index, tenant and
-- word. (Hash partitioning rests on these hash functions as well, so they stay what they are.) fastupdate is off because a search would
-- read the pending list from end to end. Readers of text_vector by itself find no index any more.
CREATE OR REPLACE FUNCTION embedded.search_term(index_name text, tenant_id uuid, word text) RETURNS bigint
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN pg_catalog.hashtextextended(word, pg_catalog.hashtextextended(index_name, pg_catalog.uuid_hash_extended(tenant_id, 0)));

CREATE OR REPLACE FUNCTION embedded.search_terms(index_name text, tenant_id uuid, words tsvector) RETURNS bigint[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000
    RETURN (
        SELECT coalesce(pg_catalog.array_agg(embedded.search_term(index_name, tenant_id, word)), '{}'::bigint[])
        FROM unnest(pg_catalog.tsvector_to_array(words)) AS word);

CREATE INDEX IF NOT EXISTS search_documents_terms ON embedded.search_documents
    USING gin (embedded.search_terms(index_name, tenant_id, text_vector)) WITH (fastupdate = off) WHERE NOT deleted;

DROP INDEX IF EXISTS embedded.search_documents_text;
