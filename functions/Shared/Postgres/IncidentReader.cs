using System.Globalization;
using Npgsql;

namespace DomainFlow.Postgres;

/// <summary>Lists, maps and counts of one tenant's incidents.</summary>
public sealed class IncidentReader(NpgsqlDataSource database)
{
    private const string Columns = """
        id, domain_id AS DomainId, raw_text AS RawText, structured_data::text AS StructuredData, ST_X(location::geometry) AS Longitude,
        ST_Y(location::geometry) AS Latitude, created_at AS CreatedAt, updated_at AS UpdatedAt, reported_at AS ReportedAt,
        created_by AS CreatedBy, version, status, work_status AS WorkStatus, structured_data #>> '{entity,category}' AS Category
        """;

    private const string LatestFirst = "ORDER BY reported_at DESC, id DESC LIMIT @limit";

    /// <summary>The latest first.</summary>
    /// <param name="after">The last row of the page before.</param>
    /// <param name="limit">At most so many: ask for one more than is shown to learn that there are more.</param>
    public async Task<IReadOnlyList<IncidentRow>> ListAsync(
        IncidentFilter filter, IncidentPosition? after, int limit, CancellationToken cancellationToken)
    {
        await using var session = await TenantSession.BeginAsync(database, filter.Tenant, cancellationToken);
        var further = after is null ? "" : "AND (reported_at, id) < (@at, @id)";
        return await RowsAsync(session, $"SELECT {Columns} FROM incidents {IncidentFilterSql.Where(filter)} {further} {LatestFirst}", values =>
        {
            Bind(values, filter, limit);
            if (after is null) return;
            values.AddWithValue("at", after.ReportedAt.ToUniversalTime());
            values.AddWithValue("id", after.Id);
        }, cancellationToken);
    }

    /// <summary>Those of the given ids that the tenant has, in no order.</summary>
    public async Task<IReadOnlyList<IncidentRow>> ByIdsAsync(Guid tenant, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await using var session = await TenantSession.BeginAsync(database, tenant, cancellationToken);
        return await RowsAsync(session, $"SELECT {Columns} FROM incidents WHERE tenant_id = @tenant AND id = ANY (@ids)",
            values => values.AddWithValue("ids", ids.ToArray()), cancellationToken);
    }

    /// <summary>Ids of what matches, the latest first.</summary>
    public async Task<IReadOnlyList<Guid>> IdsAsync(IncidentFilter filter, int limit, CancellationToken cancellationToken)
    {
        await using var session = await TenantSession.BeginAsync(database, filter.Tenant, cancellationToken);
        return await session.QueryAsync<Guid>(
            $"SELECT id FROM incidents {IncidentFilterSql.Where(filter)} {LatestFirst}", values => Bind(values, filter, limit), cancellationToken);
    }

    /// <summary>Located incidents, the latest first.</summary>
    /// <param name="limit">At most so many: ask for one more than can be shown to learn that there are more.</param>
    public async Task<IReadOnlyList<IncidentRow>> WithinAsync(IncidentFilter filter, int limit, CancellationToken cancellationToken)
    {
        await using var session = await TenantSession.BeginAsync(database, filter.Tenant, cancellationToken);
        return await RowsAsync(session, $"SELECT {Columns} FROM incidents {IncidentFilterSql.Where(filter)} AND location IS NOT NULL {LatestFirst}",
            values => Bind(values, filter, limit), cancellationToken);
    }

    /// <summary>Located incidents, counted by the cells of a grid.</summary>
    /// <param name="cellDegrees">Width and height of a cell, in degrees.</param>
    public async Task<IReadOnlyList<IncidentCell>> CellsAsync(
        IncidentFilter filter, double cellDegrees, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cellDegrees);
        await using var session = await TenantSession.BeginAsync(database, filter.Tenant, cancellationToken);
        return await session.QueryAsync<IncidentCell>($"""
            SELECT avg(x) AS Longitude, avg(y) AS Latitude, count(*) AS Count
            FROM (SELECT ST_X(location::geometry) AS x, ST_Y(location::geometry) AS y
                  FROM incidents {IncidentFilterSql.Where(filter)} AND location IS NOT NULL) points
            GROUP BY floor(x / @cell), floor(y / @cell)
            ORDER BY count(*) DESC, floor(x / @cell), floor(y / @cell)
            """, values =>
        {
            IncidentFilterSql.Bind(values, filter);
            values.AddWithValue("cell", cellDegrees);
        }, cancellationToken);
    }

    /// <summary>Counts by values of structured_data, and by periods of reported_at; the largest first within a period.</summary>
    /// <param name="paths">Each a path into structured_data (entity, category), or one of domain_id, status, work_status.</param>
    /// <param name="timeZone">IANA name of the zone in which periods begin.</param>
    public async Task<IReadOnlyList<IncidentCount>> CountAsync(
        IncidentFilter filter,
        IReadOnlyList<IReadOnlyList<string>> paths,
        CountInterval? interval,
        string timeZone,
        int limit,
        CancellationToken cancellationToken)
    {
        await using var session = await TenantSession.BeginAsync(database, filter.Tenant, cancellationToken);
        var keys = paths.Select(KeyExpression).ToList();
        var period = interval is null ? "NULL::timestamptz" : "date_trunc(@unit, reported_at, @zone)";
        var grouped = string.Join(", ", Enumerable.Range(1, keys.Count + 1).Select(i => i.ToString(CultureInfo.InvariantCulture)));
        await using var command = session.Command($"""
            SELECT {string.Join(", ", [period, .. keys])}, count(*)
            FROM incidents {IncidentFilterSql.Where(filter)}
            GROUP BY {grouped} ORDER BY 1, count(*) DESC, {grouped} LIMIT @limit
            """);
        IncidentFilterSql.Bind(command.Parameters, filter);
        command.Parameters.AddWithValue("limit", limit);
        for (var i = 0; i < paths.Count; i++) command.Parameters.AddWithValue($"path{i}", paths[i].ToArray());
        if (interval is { } unit)
        {
            command.Parameters.AddWithValue("unit", Unit(unit));
            command.Parameters.AddWithValue("zone", timeZone);
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var counts = new List<IncidentCount>();
        while (await reader.ReadAsync(cancellationToken))
        {
            counts.Add(new IncidentCount(
                [.. Enumerable.Range(1, keys.Count).Select(i => reader.IsDBNull(i) ? null : reader.GetString(i))],
                reader.IsDBNull(0) ? null : reader.GetFieldValue<DateTimeOffset>(0),
                reader.GetInt64(keys.Count + 1)));
        }

        return counts;
    }

    private static string KeyExpression(IReadOnlyList<string> path, int place) => path switch
    {
        ["domain_id"] => "domain_id",
        ["status"] => "status",
        ["work_status"] => "work_status",
        _ => $"structured_data #>> @path{place}",
    };

    private static string Unit(CountInterval interval) => interval switch
    {
        CountInterval.Hour => "hour",
        CountInterval.Day => "day",
        CountInterval.Week => "week",
        CountInterval.Month => "month",
        _ => "year",
    };

    private static void Bind(NpgsqlParameterCollection values, IncidentFilter filter, int limit)
    {
        IncidentFilterSql.Bind(values, filter);
        values.AddWithValue("limit", limit);
    }

    private static async Task<IReadOnlyList<IncidentRow>> RowsAsync(
        TenantSession session, string sql, Action<NpgsqlParameterCollection> bind, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync<IncidentRow>(sql, bind, cancellationToken);
        if (rows.Count == 0) return rows;
        var images = (await session.QueryAsync<ImageRow>("""
            SELECT incident_id AS Incident, id, s3_bucket AS S3Bucket, s3_key AS S3Key, content_type AS ContentType,
                file_size_bytes::bigint AS FileSizeBytes, uploaded_at AS UploadedAt
            FROM image_evidence WHERE tenant_id = @tenant AND incident_id = ANY (@incidents) ORDER BY s3_key
            """, values => values.AddWithValue("incidents", rows.Select(row => row.Id).ToArray()), cancellationToken)).ToLookup(image => image.Incident);
        return [.. rows.Select(row => row with { Images = [.. images[row.Id].Select(image => image.ToImage())] })];
    }

    private sealed record ImageRow(
        Guid Incident, Guid Id, string S3Bucket, string S3Key, string? ContentType, long? FileSizeBytes, DateTimeOffset? UploadedAt)
    {
        public ProjectedImage ToImage() => new(Id, S3Bucket, S3Key, ContentType, FileSizeBytes, UploadedAt);
    }
}
