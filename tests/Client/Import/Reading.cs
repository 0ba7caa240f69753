using System.Text;
using DomainFlow.Imports.Rows;

namespace DomainFlow.Client.Tests.Import;

/// <summary>Reads a file of reports as the import does.</summary>
internal static class Reading
{
    public static ReportFileOptions Options { get; } = ReportFileOptions.In("America/New_York");

    public static List<MappedRow> Rows(string csv, ReportFileOptions? options = null) => Rows(Encoding.UTF8.GetBytes(csv), options);

    public static List<MappedRow> Rows(byte[] content, ReportFileOptions? options = null)
    {
        using var stream = new MemoryStream(content);
        return [.. ReportFile.Open(stream, options ?? Options, CancellationToken.None).Rows()];
    }

    public static MappedRow.Good Good(MappedRow row) => row is MappedRow.Good good ? good : throw new InvalidOperationException(row.ToString());

    public static MappedRow.Faulty Faulty(MappedRow row) => Assert.IsType<MappedRow.Faulty>(row);

    public static string Utc(MappedRow row) => Good(row).Report.ReportedAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null);
}
