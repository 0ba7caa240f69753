using System.Buffers.Binary;
using System.Text.Json;
using DomainFlow.Benchmarks.Running;
using DomainFlow.Domain.Json;
using DomainFlow.Domain.Reports;
using DomainFlow.Domain.Search;
using DomainFlow.Playbooks.Offline;
using Npgsql;
using NpgsqlTypes;

namespace DomainFlow.Benchmarks.Stores;

/// <summary>Puts finished reports into every store at once, as they stand after their projection: by COPY, as the superuser.</summary>
internal sealed class StoreFiller(Store store, IReadOnlyList<string> streets)
{
    private const int Embeddings = 1000;

    private const string Staging = """
        CREATE TEMP TABLE staged (place int, id uuid, tenant_id uuid, created_by uuid, text text, item jsonb, lon float8, lat float8, at timestamptz);
        CREATE TEMP TABLE vectors (place int PRIMARY KEY, embedding bytea);
        """;

    private const string Spread = """
        INSERT INTO embedded.items (table_name, partition_key, sort_key, tenant_id, item, version, stream_keys)
        SELECT 'Reports', id::text, '', tenant_id, item, 2, jsonb_build_object('incident_id', id) FROM staged;
        INSERT INTO embedded.index_entries (table_name, index_name, index_partition, index_sort, partition_key, sort_key)
        SELECT 'Reports', 'tenant-domain-index', tenant_id::text, item->>'domain_id', id::text, '' FROM staged
        UNION ALL SELECT 'Reports', 'domain-created-index', item->>'tenant_domain', item->>'created_at', id::text, '' FROM staged;
        INSERT INTO incidents (id, tenant_id, domain_id, raw_text, structured_data, location, created_at, updated_at, created_by, reported_at, version,
            status, work_status)
        SELECT id, tenant_id, item->>'domain_id', text, item->'ingestion_data' || jsonb_build_object('management_data', item->'management_data'),
            ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography, at, at, created_by, at, 2, 'completed', 'pending' FROM staged;
        INSERT INTO embedded.search_documents (index_name, tenant_id, id, version, watermark, deleted, domain_id, text_content, text_vector, embedding, created_at)
        SELECT 'incident_embeddings', s.tenant_id, s.id, 2, row_number() OVER (PARTITION BY s.tenant_id ORDER BY s.place), false, s.item->>'domain_id', s.text,
            to_tsvector('english', s.text), v.embedding, s.at FROM staged s JOIN vectors v ON v.place = s.place % (SELECT count(*) FROM vectors);
        INSERT INTO embedded.search_watermarks (index_name, tenant_id, watermark)
        SELECT 'incident_embeddings', tenant_id, count(*) FROM staged GROUP BY tenant_id;
        """;

    private const string OtherTenants = """
        INSERT INTO tenants (id, tenant_name) SELECT id, 'City ' || id FROM unnest(@tenants) id;
        INSERT INTO users (id, tenant_id, username) SELECT id, id, 'reporter' FROM unnest(@tenants) id;
        INSERT INTO domain_configurations (domain_id, tenant_id, domain_name, description, ingestion_playbook, query_playbook, management_playbook,
            categories, places, status_transitions, settings)
        SELECT d.domain_id, t.id, d.domain_name, d.description, d.ingestion_playbook, d.query_playbook, d.management_playbook, d.categories, d.places,
            d.status_transitions, d.settings
        FROM domain_configurations d, unnest(@tenants) t (id) WHERE d.tenant_id = @asked
        """;

    /// <summary>Fills the asked tenant, and so many others with so many reports each; then lets PostgreSQL learn what it holds.</summary>
    public async Task FillAsync(int reports, int others, int reportsOfEach, CancellationToken stop)
    {
        await using var connection = new NpgsqlConnection(store.Superuser);
        await connection.OpenAsync(stop);
        await ExecuteAsync(connection, "SET search_path = public; SET synchronous_commit = off; " + Staging, stop);
        var tenants = Enumerable.Range(0, others).Select(_ => Guid.NewGuid()).ToArray();
        await AddTenantsAsync(connection, tenants, stop);
        await ExecuteAsync(connection, $"INSERT INTO users (id, tenant_id, username) VALUES ('{store.User}', '{store.Tenant}', 'benchmarks')", stop);
        await WriteVectorsAsync(connection, stop);
        await StageAsync(connection, reports, tenants, reportsOfEach, stop);
        await ExecuteAsync(connection, Spread, stop);
        foreach (var table in new[] { "embedded.items", "embedded.index_entries", "incidents", "embedded.search_documents", "domain_configurations", "users", "tenants" })
            await ExecuteAsync(connection, $"VACUUM ANALYZE {table}", stop);
        await ExecuteAsync(connection, "CHECKPOINT", stop);
    }

    /// <summary>Ids of the asked tenant's reports, at most so many.</summary>
    public async Task<IReadOnlyList<Guid>> IdsAsync(int count, CancellationToken stop)
    {
        await using var connection = new NpgsqlConnection(store.Superuser);
        await connection.OpenAsync(stop);
        await using var command = new NpgsqlCommand("SELECT id FROM incidents WHERE tenant_id = @tenant ORDER BY md5(id::text) LIMIT @count", connection);
        command.Parameters.AddWithValue("tenant", store.Tenant);
        command.Parameters.AddWithValue("count", count);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(stop)) ids.Add(reader.GetGuid(0));
        return ids;
    }

    private async Task AddTenantsAsync(NpgsqlConnection connection, Guid[] tenants, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(OtherTenants, connection);
        command.Parameters.AddWithValue("tenants", tenants);
        command.Parameters.AddWithValue("asked", store.Tenant);
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Embeddings of generated texts. They are fewer than the reports: exact search compares each, whether it has met it or not.</summary>
    private async Task WriteVectorsAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        var corpus = new Corpus(streets, seed: 1);
        await using var copy = await connection.BeginBinaryImportAsync("COPY vectors FROM STDIN BINARY", stop);
        for (var place = 0; place < Embeddings; place++)
        {
            var vector = OfflineEmbeddingGenerator.Embed(corpus.Text());
            var bytes = new byte[SearchIndexes.Dimensions * sizeof(float)];
            for (var i = 0; i < vector.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vector[i]);
            await copy.StartRowAsync(stop);
            await copy.WriteAsync(place, NpgsqlDbType.Integer, stop);
            await copy.WriteAsync(bytes, NpgsqlDbType.Bytea, stop);
        }

        await copy.CompleteAsync(stop);
    }

    private async Task StageAsync(NpgsqlConnection connection, int reports, Guid[] tenants, int reportsOfEach, CancellationToken stop)
    {
        await using var copy = await connection.BeginBinaryImportAsync("COPY staged FROM STDIN BINARY", stop);
        var place = 0;
        foreach (var report in new Corpus(streets, seed: 2).Reports(reports)) await StageAsync(copy, place++, store.Tenant, store.User, report, stop);
        for (var i = 0; i < tenants.Length; i++)
        {
            foreach (var report in new Corpus(streets, seed: 3 + i).Others(reportsOfEach))
                await StageAsync(copy, place++, tenants[i], tenants[i], report with { Id = Guid.NewGuid() }, stop);
        }

        await copy.CompleteAsync(stop);
    }

    private static async Task StageAsync(NpgsqlBinaryImporter copy, int place, Guid tenant, Guid user, CorpusReport report, CancellationToken stop)
    {
        await copy.StartRowAsync(stop);
        await copy.WriteAsync(place, NpgsqlDbType.Integer, stop);
        await copy.WriteAsync(report.Id, NpgsqlDbType.Uuid, stop);
        await copy.WriteAsync(tenant, NpgsqlDbType.Uuid, stop);
        await copy.WriteAsync(user, NpgsqlDbType.Uuid, stop);
        await copy.WriteAsync(report.Text, NpgsqlDbType.Text, stop);
        await copy.WriteAsync(JsonSerializer.Serialize(FinishedReport.Of(report, tenant, user), DomainJson.Default.Report), NpgsqlDbType.Jsonb, stop);
        await copy.WriteAsync(report.Longitude, NpgsqlDbType.Double, stop);
        await copy.WriteAsync(report.Latitude, NpgsqlDbType.Double, stop);
        await copy.WriteAsync(report.At.UtcDateTime, NpgsqlDbType.TimestampTz, stop);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(stop);
    }
}
