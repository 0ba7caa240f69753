using DomainFlow.Imports.Tables;
using DomainFlow.Imports.Times;

namespace DomainFlow.Imports.Rows;

/// <summary>How a file of reports is to be read.</summary>
/// <param name="TimeZone">IANA name of the zone of times without an offset.</param>
/// <param name="Map">Names of columns by the parts of a report that they hold.</param>
/// <param name="DateFormats">Forms of the times; those that are known unless given.</param>
/// <param name="Statuses">Statuses by the file's words.</param>
public sealed record ReportFileOptions(
    string TimeZone,
    TableOptions Table,
    IReadOnlyDictionary<string, string> Map,
    IReadOnlyList<string> DateFormats,
    IReadOnlyDictionary<string, string> Statuses)
{
    public static ReportFileOptions In(string timeZone) =>
        new(timeZone, new TableOptions(), new Dictionary<string, string>(), [], new Dictionary<string, string>());
}

/// <summary>
/// A file of reports. It is read twice: what stands first in its dates, and where its positions lie, is known only from the whole.
/// </summary>
public sealed class ReportFile
{
    private readonly Stream content;
    private readonly ReportFileOptions options;
    private readonly FileSurvey survey;
    private readonly TimeReader times;

    private ReportFile(Stream content, ReportFileOptions options, TextDialect dialect, IReadOnlyList<string> header, ReportColumns columns, FileSurvey survey)
    {
        (this.content, this.options, this.survey) = (content, options, survey);
        (Dialect, Header, Columns) = (dialect, header, columns);
        times = new TimeReader(LocalTimes.In(options.TimeZone), options.DateFormats, options.DateFormats.Count == 0 && survey.Order.IsDayFirst());
    }

    public TextDialect Dialect { get; }

    public IReadOnlyList<string> Header { get; }

    public ReportColumns Columns { get; }

    /// <summary>What the file is and how it is read, a line each, for people.</summary>
    public IReadOnlyList<string> Description { get; private init; } = [];

    /// <summary>Rows below the header, as far as they can be read.</summary>
    public long Count => survey.Count;

    /// <param name="content">Seekable; stays open, and belongs to this object until it is done with.</param>
    /// <exception cref="ImportException">It cannot be read as a table of reports, or what its dates mean cannot be told.</exception>
    public static ReportFile Open(Stream content, ReportFileOptions options, CancellationToken cancellationToken)
    {
        using var table = TableFile.Open(content, options.Table);
        var columns = ReportColumns.Of(table.Header, options.Map);
        _ = new StatusWords(options.Statuses);
        var survey = FileSurvey.Of(table, columns, cancellationToken);
        return new ReportFile(content, options, table.Dialect, table.Header, columns, survey)
        {
            Description =
            [
                $"{table.Description}, times in {options.TimeZone} where they have no offset",
                .. options.DateFormats.Count == 0 && survey.Order.Description is { } order ? [$"dates: {order}"] : Array.Empty<string>(),
            ],
        };
    }

    /// <summary>All rows from the first on; what is wrong with one does not keep the next from being read.</summary>
    /// <exception cref="ImportException">The rest of a workbook cannot be read.</exception>
    public IEnumerable<MappedRow> Rows()
    {
        using var table = TableFile.Open(content, options.Table);
        var mapper = new RowMapper(Columns, times, new StatusWords(options.Statuses), new Positions(survey.Centre));
        foreach (var row in table.Rows()) yield return mapper.Map(row);
    }
}
