using Npgsql;

namespace DomainFlow.Postgres;

/// <summary>The incidents of one cell of a grid.</summary>
/// <param name="Longitude">Mean position, in degrees, with <paramref name="Latitude"/>.</param>
/// <param name="Bounds">The smallest box around them.</param>
/// <param name="Categories">The most frequent ones, the largest first; the reports without a category are in none.</param>
/// <param name="Single">The one incident's id, where it is one.</param>
public sealed record IncidentCluster(
    double Longitude, double Latitude, long Count, Bounds Bounds, IReadOnlyList<KeyValuePair<string, long>> Categories, Guid? Single);

/// <summary>Located incidents, counted by the cells of a grid.</summary>
public sealed class IncidentClusters(NpgsqlDataSource database)
{
    private const int TopCategories = 3;

    /// <summary>Every located incident that matches, in exactly one cluster; the largest cluster first.</summary>
    public async Task<IReadOnlyList<IncidentCluster>> ReadAsync(IncidentFilter filter, MapGrid grid, CancellationToken cancellationToken)
    {
        // OFFSET 0 keeps each position from being read out of its row once for every place that names it.
        var sql = $"""
            SELECT floor((x + 180) / 360 * @columns)::bigint, floor((0.5 - ln((1 + s) / (1 - s)) / (4 * pi())) * @columns)::bigint, category,
                count(*), sum(x), sum(y), min(x), min(y), max(x), max(y), min(id::text)
            FROM (SELECT id, x, y, category, sin(radians(greatest(-@edge, least(@edge, y)))) AS s
                  FROM (SELECT id, ST_X(location::geometry) AS x, ST_Y(location::geometry) AS y, structured_data #>> @category_path AS category
                        FROM incidents {IncidentFilterSql.Where(filter)} AND location IS NOT NULL OFFSET 0) located OFFSET 0) points
            GROUP BY 1, 2, 3
            """;
        var parts = await TenantBatch.ReadAsync(database, filter.Tenant, sql, values =>
        {
            IncidentFilterSql.Bind(values, filter);
            values.AddWithValue("columns", (double)grid.Columns);
            values.AddWithValue("edge", MapGrid.MaxLatitude);
            values.AddWithValue("category_path", new[] { "entity", "category" });
        }, Read, cancellationToken);
        return [.. parts.GroupBy(part => (part.Column, part.Row)).OrderByDescending(cell => cell.Sum(part => part.Count)).ThenBy(cell => cell.Key)
            .Select(cell => Cluster([.. cell]))];
    }

    private static Part Read(NpgsqlDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetInt64(1),
        reader.IsDBNull(2) ? null : reader.GetString(2),
        reader.GetInt64(3),
        reader.GetDouble(4),
        reader.GetDouble(5),
        new(reader.GetDouble(6), reader.GetDouble(7), reader.GetDouble(8), reader.GetDouble(9)),
        Guid.Parse(reader.GetString(10)));

    private static IncidentCluster Cluster(IReadOnlyList<Part> parts)
    {
        var count = parts.Sum(part => part.Count);
        var box = new Bounds(
            parts.Min(part => part.Box.West), parts.Min(part => part.Box.South), parts.Max(part => part.Box.East), parts.Max(part => part.Box.North));
        var categories = parts.Where(part => part.Category is not null).OrderByDescending(part => part.Count)
            .ThenBy(part => part.Category, StringComparer.Ordinal).Take(TopCategories).Select(part => KeyValuePair.Create(part.Category!, part.Count));
        // A mean's last digit depends on the order of the sum: a centimetre is enough, and the same data gives the same answer.
        return new(
            Math.Round(parts.Sum(part => part.SumX) / count, 7),
            Math.Round(parts.Sum(part => part.SumY) / count, 7),
            count,
            box,
            [.. categories],
            count == 1 ? parts[0].First : null);
    }

    /// <summary>One category within one cell.</summary>
    private sealed record Part(
        long Column, long Row, string? Category, long Count, double SumX, double SumY, Bounds Box, Guid First);
}
