using System.Globalization;
using Npgsql;

namespace DomainFlow.Postgres;

/// <summary>Lists, maps and counts of one tenant's incidents.</summary>
public sealed class IncidentReader(NpgsqlDataSource database)
{
    private const string Columns = """
        id, domain_id, raw_text, structured_data::text, ST_X(location::geometry), ST_Y(location::geometry), created_at, updated_at, reported_at,
        created_by, version, status, work_status, structured_data #>> '{entity,category}'
        """;

    /// <summary>The latest first.</summary>
    /// <param name="after">The last row of the page before.</param>
    /// <param name="limit">At most so many: ask for one more than is shown to learn that there are more.</param>
    public async Task<IReadOnlyList<IncidentRow>> ListAsync(
        IncidentFilter filter, IncidentPosition? after, int limit, CancellationToken cancellationToken)
    {
        await using var session = await TenantSession.BeginAsync(database, filter.Tenant, cancellationToken);
        await using var command = session.Command(
            $"SELECT {Columns} FROM incidents {IncidentFilterSql.Where(filter)}"
            + (after is null ? "" : " AND (reported_at, id) < (@at, @id)")
            + " ORDER BY reported_at DESC, id DESC LIMIT @limit");
        IncidentFilterSql.Bind(command.Parameters, filter);
        command.Parameters.AddWithValue("limit", limit);
        if (after is not null)
        {
            command.Parameters.AddWithValue("at", after.ReportedAt.ToUniversalTime());
            command.Parameters.AddWithValue("id", after.Id);
        }

        return await RowsAsync(session, command, cancellationToken);
    }

    /// <summary>Those of the given ids that the tenant has, in no order.</summary>
    public async Task<IReadOnlyList<IncidentRow>> ByIdsAsync(Guid tenant, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await using var session = await TenantSession.BeginAsync(database, tenant, cancellationToken);
        await using var command = session.Command($"SELECT {Columns} FROM incidents WHERE tenant_id = @tenant AND id = ANY (@ids)");
        command.Parameters.AddWithValue("ids", ids.ToArray());
        return await RowsAsync(session, command, cancellationToken);
    }

    /// <summary>Ids of what matches, the latest first.</summary>
    public async Task<IReadOnlyList<Guid>> IdsAsync(IncidentFilter filter, int limit, CancellationToken cancellationToken)
    {
        await using var session = await TenantSession.BeginAsync(database, filter.Tenant, cancellationToken);
        await using var command = session.Command(
            $"SELECT id FROM incidents {IncidentFilterSql.Where(filter)} ORDER BY reported_at DESC, id DESC LIMIT @limit");
        IncidentFilterSql.Bind(command.Parameters, filter);
        command.Parameters.AddWithValue("limit", limit);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken)) ids.Add(reader.GetGuid(0));
        return ids;
    }

    /// <summary>Located incidents, the latest first.</summary>
    /// <param name="limit">At most so many: ask for one more than can be shown to learn that there are more.</param>
    public async Task<IReadOnlyList<IncidentRow>> WithinAsync(IncidentFilter filter, int limit, CancellationToken cancellationToken)
    {
        await using var session = await TenantSession.BeginAsync(database, filter.Tenant, cancellationToken);
        await using var command = session.Command($"""
            SELECT {Columns} FROM incidents {IncidentFilterSql.Where(filter)} AND location IS NOT NULL
            ORDER BY reported_at DESC, id DESC LIMIT @limit
            """);
        IncidentFilterSql.Bind(command.Parameters, filter);
        command.Parameters.AddWithValue("limit", limit);
        return await RowsAsync(session, command, cancellationToken);
    }

    /// <summary>Located incidents, counted by the cells of a grid.</summary>
    /// <param name="cellDegrees">Width and height of a cell, in degrees.</param>
    public async Task<IReadOnlyList<IncidentCell>> CellsAsync(
        IncidentFilter filter, double cellDegrees, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cellDegrees);
        await using var session = await TenantSession.BeginAsync(database, filter.Tenant, cancellationToken);
        await using var command = session.Command($"""
            SELECT avg(x), avg(y), count(*)
            FROM (SELECT ST_X(location::geometry) AS x, ST_Y(location::geometry) AS y
                  FROM incidents {IncidentFilterSql.Where(filter)} AND location IS NOT NULL) points
            GROUP BY floor(x / @cell), floor(y / @cell)
            ORDER BY count(*) DESC, floor(x / @cell), floor(y / @cell)
            """);
        IncidentFilterSql.Bind(command.Parameters, filter);
        command.Parameters.AddWithValue("cell", cellDegrees);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var cells = new List<IncidentCell>();
        while (await reader.ReadAsync(cancellationToken))
            cells.Add(new IncidentCell(reader.GetDouble(0), reader.GetDouble(1), reader.GetInt64(2)));
        return cells;
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
                [.. Enumerable.Range(1, keys.Count).Select(i => Text(reader, i))],
                reader.IsDBNull(0) ? null : Time(reader, 0),
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

    private static async Task<List<IncidentRow>> RowsAsync(TenantSession session, NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var rows = new List<IncidentRow>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken)) rows.Add(Row(reader));
        }

        if (rows.Count == 0) return rows;
        var images = await ImagesAsync(session, [.. rows.Select(row => row.Id)], cancellationToken);
        return [.. rows.Select(row => images.Contains(row.Id) ? row with { Images = [.. images[row.Id]] } : row)];
    }

    private static async Task<ILookup<Guid, ProjectedImage>> ImagesAsync(TenantSession session, Guid[] incidents, CancellationToken cancellationToken)
    {
        await using var command = session.Command("""
            SELECT incident_id, id, s3_bucket, s3_key, content_type, file_size_bytes, uploaded_at
            FROM image_evidence WHERE tenant_id = @tenant AND incident_id = ANY (@incidents) ORDER BY s3_key
            """);
        command.Parameters.AddWithValue("incidents", incidents);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var images = new List<(Guid Incident, ProjectedImage Image)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            images.Add((reader.GetGuid(0), new ProjectedImage(
                reader.GetGuid(1), reader.GetString(2), reader.GetString(3), Text(reader, 4),
                reader.IsDBNull(5) ? null : reader.GetInt32(5), reader.IsDBNull(6) ? null : Time(reader, 6))));
        }

        return images.ToLookup(i => i.Incident, i => i.Image);
    }

    private static IncidentRow Row(NpgsqlDataReader reader) => new(
        reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3),
        reader.IsDBNull(4) ? null : reader.GetDouble(4), reader.IsDBNull(5) ? null : reader.GetDouble(5),
        Time(reader, 6), Time(reader, 7), Time(reader, 8), reader.GetGuid(9), reader.GetInt64(10),
        reader.GetString(11), reader.GetString(12), Text(reader, 13), []);

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static DateTimeOffset Time(NpgsqlDataReader reader, int column) => reader.GetFieldValue<DateTimeOffset>(column);
}
