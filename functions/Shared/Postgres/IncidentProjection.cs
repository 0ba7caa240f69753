using System.Collections.Concurrent;
using DomainFlow.Domain.Reports;
using DomainFlow.Domain.Search;
using Npgsql;
using NpgsqlTypes;

namespace DomainFlow.Postgres;

/// <summary>Writes reports into incidents, image_evidence and users; an older version never overwrites a later one.</summary>
public sealed class IncidentProjection(NpgsqlDataSource database)
{
    private const int Attempts = 3;
    private const int MaxReporters = 10_000;

    /// <summary>A writer and who deletes wait for each other; what follows sees what the other committed.</summary>
    private const string Lock = "SELECT pg_advisory_xact_lock(hashtext('incidents'), hashtext(@id::text))";

    private const string Upsert = """
        INSERT INTO incidents (id, tenant_id, domain_id, raw_text, structured_data, location, created_at, updated_at, created_by, reported_at,
            version, status, work_status, text_words, words_release)
        SELECT @id, @tenant, @domain, @text, @data, ST_SetSRID(ST_MakePoint(@lon, @lat), 4326)::geography, @created, @updated, @by, @reported,
            @version, @status, @work, to_tsvector(@stems::regconfig, @words), @words_release
        WHERE NOT EXISTS (SELECT FROM incident_tombstones t WHERE t.tenant_id = @tenant AND t.incident_id = @id AND t.version >= @version)
        ON CONFLICT (tenant_id, id) DO UPDATE SET
            domain_id = EXCLUDED.domain_id, raw_text = EXCLUDED.raw_text, structured_data = EXCLUDED.structured_data,
            location = EXCLUDED.location, updated_at = EXCLUDED.updated_at, reported_at = EXCLUDED.reported_at, version = EXCLUDED.version,
            status = EXCLUDED.status, work_status = EXCLUDED.work_status,
            text_words = EXCLUDED.text_words, words_release = EXCLUDED.words_release
        WHERE incidents.version < EXCLUDED.version
        """;

    /// <summary>Whose version the row now has: a writer that came too late changes no image either.</summary>
    private const string IsThisVersion = "EXISTS (SELECT FROM incidents WHERE tenant_id = @tenant AND id = @id AND version = @version)";

    private const string DropImages =
        $"DELETE FROM image_evidence WHERE tenant_id = @tenant AND incident_id = @id AND NOT id = ANY (@ids) AND {IsThisVersion}";

    private const string UpsertImages = $"""
        INSERT INTO image_evidence (id, incident_id, tenant_id, s3_bucket, s3_key, content_type, file_size_bytes, uploaded_at)
        SELECT i.id, @id, @tenant, i.bucket, i.key, i.type, i.size, i.uploaded
        FROM unnest(@ids, @buckets, @keys, @types, @sizes, @times) AS i (id, bucket, key, type, size, uploaded)
        WHERE {IsThisVersion}
        ON CONFLICT (tenant_id, id) DO UPDATE SET
            s3_bucket = EXCLUDED.s3_bucket, s3_key = EXCLUDED.s3_key, content_type = EXCLUDED.content_type,
            file_size_bytes = EXCLUDED.file_size_bytes, uploaded_at = EXCLUDED.uploaded_at
        """;

    private const string Bury = """
        INSERT INTO incident_tombstones AS t (tenant_id, incident_id, version) VALUES (@tenant, @id, @version)
        ON CONFLICT (tenant_id, incident_id) DO UPDATE SET version = greatest(t.version, EXCLUDED.version)
        """;

    private const string ForgetTombstones = "DELETE FROM incident_tombstones WHERE tenant_id = @tenant AND deleted_at < now() - @kept";

    private const string Delete = "DELETE FROM incidents WHERE tenant_id = @tenant AND id = @id";

    private readonly ConcurrentDictionary<(Guid Tenant, Guid User), bool> _reporters = new();

    /// <summary>The reporter's row was seen by this process: their name is not needed for another projection.</summary>
    public bool Knows(Guid tenant, Guid user) => _reporters.ContainsKey((tenant, user));

    /// <summary>Writes the incident and its images in one transaction and, before it and at first sight, its reporter.</summary>
    public Task<ProjectionResult> ProjectAsync(ProjectedIncident incident, CancellationToken cancellationToken) =>
        ClassifiedAsync(token => UpsertOnceAsync(incident, token), cancellationToken);

    /// <summary>Takes an incident out, with its images. No writer of this version or an earlier one brings it back, however late.</summary>
    public Task<ProjectionResult> RemoveAsync(Guid tenant, Guid id, long version, CancellationToken cancellationToken) =>
        ClassifiedAsync(token => DeleteOnceAsync(tenant, id, version, token), cancellationToken);

    private async Task<ProjectionResult> UpsertOnceAsync(ProjectedIncident incident, CancellationToken cancellationToken)
    {
        var reporter = (incident.Tenant, incident.CreatedBy.Id);
        if (!_reporters.ContainsKey(reporter)) await EnsureReporterAsync(incident, cancellationToken);
        try
        {
            var changed = await TenantBatch.WriteAsync(database, incident.Tenant, () => Statements(incident), cancellationToken);
            return changed[1] > 0 ? new ProjectionResult.Written() : new ProjectionResult.AlreadyThere();
        }
        catch (PostgresException gone) when (gone.SqlState == PostgresErrorCodes.ForeignKeyViolation && _reporters.TryRemove(reporter, out _))
        {
            return new ProjectionResult.Unavailable(PostgresFailure.Reason(gone));
        }
    }

    private async Task EnsureReporterAsync(ProjectedIncident incident, CancellationToken cancellationToken)
    {
        await using var session = await TenantSession.BeginAsync(database, incident.Tenant, cancellationToken);
        await UserProjection.EnsureAsync(session, incident.CreatedBy, cancellationToken);
        await session.CommitAsync(cancellationToken);
        if (_reporters.Count >= MaxReporters) _reporters.Clear();
        _reporters[(incident.Tenant, incident.CreatedBy.Id)] = true;
    }

    private async Task<ProjectionResult> DeleteOnceAsync(Guid tenant, Guid id, long version, CancellationToken cancellationToken)
    {
        void Bind(NpgsqlParameterCollection values)
        {
            values.AddWithValue("id", id);
            values.AddWithValue("version", version);
        }

        var changed = await TenantBatch.WriteAsync(
            database,
            tenant,
            () =>
            [
                TenantBatch.Statement(Lock, values => values.AddWithValue("id", id)),
                TenantBatch.Statement(Bury, Bind),
                TenantBatch.Statement(ForgetTombstones, values => values.AddWithValue("kept", Report.TombstoneLifetime)),
                TenantBatch.Statement(Delete, values => values.AddWithValue("id", id)),
            ],
            cancellationToken);
        return changed[3] == 0 ? new ProjectionResult.AlreadyThere() : new ProjectionResult.Written();
    }

    private static List<NpgsqlBatchCommand> Statements(ProjectedIncident incident)
    {
        List<NpgsqlBatchCommand> statements =
        [
            TenantBatch.Statement(Lock, values => values.AddWithValue("id", incident.Id)),
            TenantBatch.Statement(Upsert, values => Bind(incident, values)),
            TenantBatch.Statement(DropImages, values => BindImages(incident, values)),
        ];
        if (incident.Images.Count > 0) statements.Add(TenantBatch.Statement(UpsertImages, values => BindImages(incident, values)));
        return statements;
    }

    private static void Bind(ProjectedIncident incident, NpgsqlParameterCollection values)
    {
        values.AddWithValue("id", incident.Id);
        values.AddWithValue("domain", incident.DomainId);
        values.AddWithValue("text", incident.RawText);
        values.AddWithValue("data", NpgsqlDbType.Jsonb, incident.StructuredData);
        values.AddWithValue("lon", NpgsqlDbType.Double, (object?)incident.Longitude ?? DBNull.Value);
        values.AddWithValue("lat", NpgsqlDbType.Double, (object?)incident.Latitude ?? DBNull.Value);
        values.AddWithValue("created", incident.CreatedAt.ToUniversalTime());
        values.AddWithValue("updated", incident.UpdatedAt.ToUniversalTime());
        values.AddWithValue("by", incident.CreatedBy.Id);
        values.AddWithValue("reported", incident.ReportedAt.ToUniversalTime());
        values.AddWithValue("version", incident.Version);
        values.AddWithValue("status", incident.Status);
        values.AddWithValue("work", incident.WorkStatus);
        values.AddWithValue("stems", TextLanguage.Configuration(incident.Language));
        values.AddWithValue("words", SearchWords.OfDocument(incident.RawText));
        values.AddWithValue("words_release", SearchWords.Release);
    }

    private static void BindImages(ProjectedIncident incident, NpgsqlParameterCollection values)
    {
        var images = incident.Images;
        values.AddWithValue("id", incident.Id);
        values.AddWithValue("version", incident.Version);
        values.AddWithValue("ids", images.Select(i => i.Id).ToArray());
        values.AddWithValue("buckets", images.Select(i => i.S3Bucket).ToArray());
        values.AddWithValue("keys", images.Select(i => i.S3Key).ToArray());
        values.Add(new NpgsqlParameter<string?[]>("types", NpgsqlDbType.Array | NpgsqlDbType.Text) { TypedValue = [.. images.Select(i => i.ContentType)] });
        values.Add(new NpgsqlParameter<long?[]>("sizes", NpgsqlDbType.Array | NpgsqlDbType.Bigint) { TypedValue = [.. images.Select(i => i.FileSizeBytes)] });
        values.Add(new NpgsqlParameter<DateTime?[]>("times", NpgsqlDbType.Array | NpgsqlDbType.TimestampTz)
        {
            TypedValue = [.. images.Select(i => i.UploadedAt?.UtcDateTime)],
        });
    }

    private static async Task<ProjectionResult> ClassifiedAsync(
        Func<CancellationToken, Task<ProjectionResult>> write, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await write(cancellationToken);
            }
            catch (NpgsqlException collision) when (attempt < Attempts && PostgresFailure.IsCollision(collision))
            {
                // Two reports of one new person met: the second try sees the first one's row.
            }
            catch (NpgsqlException busy) when (PostgresFailure.IsTransient(busy))
            {
                return new ProjectionResult.Unavailable(PostgresFailure.Reason(busy));
            }
            catch (NpgsqlException bad) when (PostgresFailure.IsBadData(bad))
            {
                return new ProjectionResult.Refused(PostgresFailure.Reason(bad));
            }
        }
    }
}
