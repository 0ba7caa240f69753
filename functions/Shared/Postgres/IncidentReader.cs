using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace DomainFlow.Postgres;

/// <summary>Lists and counts of one tenant's incidents.</summary>
public sealed class IncidentReader(NpgsqlDataSource database)
{
    private const int ColumnCount = 15;

    private const string Columns = """
        id, domain_id, raw_text, structured_data::text, ST_X(location::geometry), ST_Y(location::geometry), created_at, updated_at, reported_at,
        created_by, version, status, work_status, structured_data #>> '{entity,category}', words_release
        """;

    private const string LatestFirst = "ORDER BY reported_at DESC, id DESC LIMIT @limit";
    private const string OldestFirst = "ORDER BY reported_at, id LIMIT @limit";

    /// <summary>The latest first, or the oldest, without their images.</summary>
    /// <param name="after">The last row of the page before.</param>
    /// <param name="limit">At most so many: ask for one more than is shown to learn that there are more.</param>
    public Task<IReadOnlyList<IncidentRow>> ListAsync(
        IncidentFilter filter, IncidentPosition? after, int limit, CancellationToken cancellationToken, bool oldestFirst = false)
    {
        var (past, order) = oldestFirst ? (">", OldestFirst) : ("<", LatestFirst);
        var further = after is null ? "" : $"AND (reported_at, id) {past} (@at, @id)";
        return RowsAsync(filter, $"SELECT {Columns} FROM incidents {IncidentFilterSql.Where(filter)} {further} {order}", values =>
        {
            values.AddWithValue("limit", limit);
            if (after is null) return;
            values.AddWithValue("at", after.ReportedAt.ToUniversalTime());
            values.AddWithValue("id", after.Id);
        }, cancellationToken);
    }

    /// <summary>How many match.</summary>
    public async Task<long> TotalAsync(IncidentFilter filter, CancellationToken cancellationToken) =>
        (await TenantBatch.ReadAsync(
            database, filter.Tenant, $"SELECT count(*) FROM incidents {IncidentFilterSql.Where(filter)}",
            values => IncidentFilterSql.Bind(values, filter), reader => reader.GetInt64(0), cancellationToken)).Single();

    /// <summary>The first that were reported, without their images.</summary>
    public Task<IReadOnlyList<IncidentRow>> OldestAsync(IncidentFilter filter, int limit, CancellationToken cancellationToken) =>
        RowsAsync(
            filter,
            $"SELECT {Columns} FROM incidents {IncidentFilterSql.Where(filter)} ORDER BY reported_at, id LIMIT @limit",
            values => values.AddWithValue("limit", limit),
            cancellationToken);

    /// <summary>
    /// What was written, in the order of the writing transactions and up to the oldest that may still write for the tenant, so that what
    /// commits later comes later. A row that is written again moves to the end. Without their images.
    /// </summary>
    /// <param name="after">The last change that was read.</param>
    public async Task<IReadOnlyList<ChangedIncident>> ChangesAsync(
        IncidentFilter filter, ChangePosition? after, int limit, CancellationToken cancellationToken)
    {
        var further = after is null ? "" : "AND (written_in, id) > (@in, @id)";
        var sql = $"""
            SELECT {Columns}, written_in FROM incidents {IncidentFilterSql.Where(filter)} {further} AND written_in < @horizon
            ORDER BY written_in, id LIMIT @limit
            """;
        // First, in a statement of its own: rows that were committed before the look at the writers must be seen by the reading.
        var horizon = await HorizonAsync(filter.Tenant, cancellationToken);
        return await TenantBatch.ReadAsync(database, filter.Tenant, sql, values =>
        {
            IncidentFilterSql.Bind(values, filter);
            values.AddWithValue("limit", limit);
            values.Add(new NpgsqlParameter<ulong>("horizon", NpgsqlDbType.Xid8) { TypedValue = horizon });
            if (after is null) return;
            values.Add(new NpgsqlParameter<ulong>("in", NpgsqlDbType.Xid8) { TypedValue = after.WrittenIn });
            values.AddWithValue("id", after.Id);
        }, Changed, cancellationToken);
    }

    /// <summary>Those of the given ids that the tenant has, with their images, in no order.</summary>
    public async Task<IReadOnlyList<IncidentRow>> ByIdsAsync(Guid tenant, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var rows = await TenantBatch.ReadAsync(
            database, tenant, $"SELECT {Columns} FROM incidents WHERE tenant_id = @tenant AND id = ANY (@ids)",
            values => values.AddWithValue("ids", ids.ToArray()), Row, cancellationToken);
        if (rows.Count == 0) return rows;
        var images = (await TenantBatch.ReadAsync(database, tenant, """
            SELECT incident_id, id, s3_bucket, s3_key, content_type, file_size_bytes, uploaded_at
            FROM image_evidence WHERE tenant_id = @tenant AND incident_id = ANY (@incidents) ORDER BY s3_key
            """, values => values.AddWithValue("incidents", rows.Select(row => row.Id).ToArray()), Image, cancellationToken)).ToLookup(
                image => image.Incident, image => image.Image);
        return [.. rows.Select(row => row with { Images = [.. images[row.Id]] })];
    }

    /// <summary>Ids of what matches, the latest first.</summary>
    public Task<IReadOnlyList<Guid>> IdsAsync(IncidentFilter filter, int limit, CancellationToken cancellationToken) =>
        TenantBatch.ReadAsync(
            database, filter.Tenant, $"SELECT id FROM incidents {IncidentFilterSql.Where(filter)} {LatestFirst}", values =>
            {
                IncidentFilterSql.Bind(values, filter);
                values.AddWithValue("limit", limit);
            }, reader => reader.GetGuid(0), cancellationToken);

    /// <summary>Located incidents as a map shows them, the latest first.</summary>
    /// <param name="limit">At most so many, and then any: ask for one more than can be shown to learn that there are more.</param>
    public async Task<IReadOnlyList<IncidentPoint>> WithinAsync(IncidentFilter filter, int limit, CancellationToken cancellationToken)
    {
        // Put in order here: an ORDER BY would tempt the planner to walk down the whole list in search of a box.
        var sql = $"""
            SELECT id, domain_id, left(raw_text, {IncidentPoint.TextLength}), ST_X(location::geometry), ST_Y(location::geometry), reported_at, status, work_status,
                structured_data #>> @category_path
            FROM incidents {IncidentFilterSql.Where(filter)} AND location IS NOT NULL LIMIT @limit
            """;
        var points = await TenantBatch.ReadAsync(database, filter.Tenant, sql, values =>
        {
            IncidentFilterSql.Bind(values, filter);
            values.AddWithValue("limit", limit);
            values.AddWithValue("category_path", new[] { "entity", "category" });
        }, Point, cancellationToken);
        return [.. points.OrderByDescending(point => point.ReportedAt).ThenBy(point => point.Id)];
    }

    /// <summary>Counts by values of structured_data, and by periods of reported_at; the largest first within a period.</summary>
    /// <param name="paths">Each a path into structured_data (entity, category), or one of domain_id, status, work_status.</param>
    /// <param name="timeZone">IANA name of the zone in which periods begin.</param>
    public Task<IReadOnlyList<IncidentCount>> CountAsync(
        IncidentFilter filter,
        IReadOnlyList<IReadOnlyList<string>> paths,
        CountInterval? interval,
        string timeZone,
        int limit,
        CancellationToken cancellationToken)
    {
        var keys = paths.Select(KeyExpression).ToList();
        var period = interval is null ? "NULL::timestamptz" : "date_trunc(@unit, reported_at, @zone)";
        var grouped = string.Join(", ", Enumerable.Range(1, keys.Count + 1).Select(i => i.ToString(CultureInfo.InvariantCulture)));
        var sql = $"""
            SELECT {string.Join(", ", [period, .. keys])}, count(*)
            FROM incidents {IncidentFilterSql.Where(filter)}
            GROUP BY {grouped} ORDER BY 1, count(*) DESC, {grouped} LIMIT @limit
            """;
        return TenantBatch.ReadAsync(database, filter.Tenant, sql, values =>
        {
            IncidentFilterSql.Bind(values, filter);
            values.AddWithValue("limit", limit);
            for (var i = 0; i < paths.Count; i++) values.AddWithValue($"path{i}", paths[i].ToArray());
            if (interval is not { } unit) return;
            values.AddWithValue("unit", Unit(unit));
            values.AddWithValue("zone", timeZone);
        }, Count, cancellationToken);
    }

    private async Task<ulong> HorizonAsync(Guid tenant, CancellationToken cancellationToken) =>
        (await TenantBatch.ReadAsync(
            database, tenant, "SELECT change_horizon()", null, reader => reader.GetFieldValue<ulong>(0), cancellationToken)).Single();

    private static IncidentPoint Point(NpgsqlDataReader reader) => new(
        reader.GetGuid(0),
        reader.GetString(1),
        reader.GetString(2),
        reader.GetDouble(3),
        reader.GetDouble(4),
        reader.GetFieldValue<DateTimeOffset>(5),
        reader.GetString(6),
        reader.GetString(7),
        reader.IsDBNull(8) ? null : reader.GetString(8));

    private static IncidentCount Count(NpgsqlDataReader reader) => new(
        [.. Enumerable.Range(1, reader.FieldCount - 2).Select(i => reader.IsDBNull(i) ? null : reader.GetString(i))],
        reader.IsDBNull(0) ? null : reader.GetFieldValue<DateTimeOffset>(0),
        reader.GetInt64(reader.FieldCount - 1));

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

    private Task<IReadOnlyList<IncidentRow>> RowsAsync(
        IncidentFilter filter, string sql, Action<NpgsqlParameterCollection> bind, CancellationToken cancellationToken) =>
        TenantBatch.ReadAsync(database, filter.Tenant, sql, values =>
        {
            IncidentFilterSql.Bind(values, filter);
            bind(values);
        }, Row, cancellationToken);

    private static IncidentRow Row(NpgsqlDataReader reader) => new(
        reader.GetGuid(0),
        reader.GetString(1),
        reader.GetString(2),
        reader.GetString(3),
        reader.IsDBNull(4) ? null : reader.GetDouble(4),
        reader.IsDBNull(5) ? null : reader.GetDouble(5),
        reader.GetFieldValue<DateTimeOffset>(6),
        reader.GetFieldValue<DateTimeOffset>(7),
        reader.GetFieldValue<DateTimeOffset>(8),
        reader.GetGuid(9),
        reader.GetInt64(10),
        reader.GetString(11),
        reader.GetString(12),
        reader.IsDBNull(13) ? null : reader.GetString(13))
    {
        WordsRelease = reader.GetInt16(14),
    };

    private static ChangedIncident Changed(NpgsqlDataReader reader) =>
        new(Row(reader), new(reader.GetFieldValue<ulong>(ColumnCount), reader.GetGuid(0)));

    private static (Guid Incident, ProjectedImage Image) Image(NpgsqlDataReader reader) => (reader.GetGuid(0), new(
        reader.GetGuid(1),
        reader.GetString(2),
        reader.GetString(3),
        reader.IsDBNull(4) ? null : reader.GetString(4),
        reader.IsDBNull(5) ? null : reader.GetInt32(5),
        reader.IsDBNull(6) ? null : reader.GetFieldValue<DateTimeOffset>(6)));
}
