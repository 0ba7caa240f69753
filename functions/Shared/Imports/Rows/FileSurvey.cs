using DomainFlow.Imports.Tables;
using DomainFlow.Imports.Times;

namespace DomainFlow.Imports.Rows;

/// <summary>What only the whole file tells: how many rows it has, the order of its dates, where its positions lie.</summary>
/// <param name="Centre">The median of the positions; null where there are too few to say.</param>
internal sealed record FileSurvey(long Count, DateOrder Order, (double Lat, double Lon)? Centre)
{
    private const int MaxPositions = 20_000;
    private const int MinPositions = 5;

    public static FileSurvey Of(TableFile table, ReportColumns columns, CancellationToken cancellationToken)
    {
        var order = new DateOrder();
        var (lats, lons) = (new List<double>(), new List<double>());
        long count = 0;
        foreach (var row in table.Rows())
        {
            cancellationToken.ThrowIfCancellationRequested();
            count++;
            if (row.Fault is not null) continue;
            order.Add(row.Number, columns.Field(row.Fields, ReportColumns.ReportedAt));
            if (lats.Count < MaxPositions
                && Positions.Degrees(columns.Field(row.Fields, ReportColumns.Lat), out _) is { } lat
                && Positions.Degrees(columns.Field(row.Fields, ReportColumns.Lon), out _) is { } lon
                && Positions.IsValid(lat, lon) && (lat, lon) is not (0, 0))
            {
                lats.Add(lat);
                lons.Add(lon);
            }
        }

        return new FileSurvey(count, order, lats.Count < MinPositions ? null : (Median(lats), Median(lons)));
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
