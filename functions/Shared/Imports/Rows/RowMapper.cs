using System.Security.Cryptography;
using System.Text;
using DomainFlow.Imports.Tables;
using DomainFlow.Imports.Times;

namespace DomainFlow.Imports.Rows;

/// <summary>Makes reports of rows. Of the rows before, only eight bytes of each id's hash are kept.</summary>
internal sealed class RowMapper(ReportColumns columns, TimeReader times, StatusWords statuses, Positions positions)
{
    private const int MaxIdLength = 60;
    private const int MaxTextLength = 10_000;
    private const int MaxAddressLength = 300;
    private const int MaxWordLength = 200;

    private readonly HashSet<ulong> seen = [];

    public MappedRow Map(TableRow row)
    {
        string Field(string part) => columns.Field(row.Fields, part);
        var id = Field(ReportColumns.Id);
        if (row.Fault is { } unreadable) return new MappedRow.Faulty(row, id.Length <= MaxIdLength ? id : "", new RowIssue(CauseOf(unreadable), null, unreadable));
        if (FaultOf(row, id) is { } fault) return new MappedRow.Faulty(row, id.Length <= MaxIdLength ? id : "", fault);

        var (summary, description) = (SafeCells.Read(Field(ReportColumns.Summary)), SafeCells.Read(Field(ReportColumns.Description)));
        var warnings = new List<RowIssue>();
        var (position, warning) = positions.Read(Field(ReportColumns.Lat), Field(ReportColumns.Lon), columns);
        if (warning is not null) warnings.Add(warning);
        var (status, work) = Status(row, warnings);
        var report = new RowReport(
            times.Read(Field(ReportColumns.ReportedAt))!.Value,
            TextOf(row),
            summary,
            columns.Has(ReportColumns.Text) && description.Length == 0 ? SafeCells.Read(Field(ReportColumns.Text)) : description,
            position,
            Bounded(row, ReportColumns.Address, MaxAddressLength, warnings),
            work,
            status,
            Bounded(row, ReportColumns.Category, MaxWordLength, warnings));
        return new MappedRow.Good(row, id, report, warnings);
    }

    private RowIssue? FaultOf(TableRow row, string id)
    {
        if (id.Length == 0) return new RowIssue("no id", columns.NameOf(ReportColumns.Id), "it is empty");
        if (id.Length > MaxIdLength || id.Any(c => c is <= ' ' or > '~'))
            return new RowIssue("bad id", columns.NameOf(ReportColumns.Id), $"must be at most {MaxIdLength} printable ASCII characters without spaces");
        if (!seen.Add(BitConverter.ToUInt64(SHA256.HashData(Encoding.ASCII.GetBytes(id))))) return new RowIssue("repeated id", columns.NameOf(ReportColumns.Id), "an earlier row has the same");
        var time = columns.Field(row.Fields, ReportColumns.ReportedAt);
        if (times.Read(time) is null) return new RowIssue("time cannot be read", columns.NameOf(ReportColumns.ReportedAt), TimeFault(time));
        var text = TextOf(row);
        var field = columns.NameOf(columns.Has(ReportColumns.Text) ? ReportColumns.Text : ReportColumns.Summary);
        if (text.Length == 0) return new RowIssue("no text", field, columns.Has(ReportColumns.Text) ? "it is empty" : "summary and description are empty");
        return text.Length > MaxTextLength ? new RowIssue("text too long", "text", $"it has {text.Length} characters; at most {MaxTextLength} are taken") : null;
    }

    private static string TimeFault(string time) =>
        time.Length == 0 ? "it is empty" : $"'{(time.Length <= 60 ? time : time[..60] + "…")}' is not a time such as 2026-09-01T07:12:00, or not in the form that is asked for";

    private string TextOf(TableRow row)
    {
        var text = SafeCells.Read(columns.Field(row.Fields, ReportColumns.Text));
        return text.Length > 0 ? text
            : ReportText.Of(SafeCells.Read(columns.Field(row.Fields, ReportColumns.Summary)), SafeCells.Read(columns.Field(row.Fields, ReportColumns.Description)));
    }

    /// <summary>An export has two: work_status, which is meant here, and status, which says how far the extraction is.</summary>
    private (string Status, string? Work) Status(TableRow row, List<RowIssue> warnings)
    {
        var part = columns.Has(ReportColumns.WorkStatus) ? ReportColumns.WorkStatus : ReportColumns.Status;
        var word = Bounded(row, part, MaxWordLength, warnings);
        if (word.Length == 0) return ("", null);
        var work = statuses.Read(word);
        if (work is null) warnings.Add(new RowIssue("status not known", columns.NameOf(part), $"'{word}' says none of {string.Join(", ", StatusWords.All)}; kept as a label alone"));
        return (word, work);
    }

    /// <summary>A cell that must be short; the rest of a longer one is left out.</summary>
    private string Bounded(TableRow row, string part, int most, List<RowIssue> warnings)
    {
        var text = SafeCells.Read(columns.Field(row.Fields, part));
        if (text.Length <= most) return text;
        warnings.Add(new RowIssue($"{part} too long", columns.NameOf(part), $"it has {text.Length} characters; the first {most} are taken"));
        return text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
    }

    private static string CauseOf(string fault) =>
        fault.StartsWith("it has ", StringComparison.Ordinal) ? "wrong number of fields"
        : fault.Contains("quote", StringComparison.Ordinal) ? "broken quotes"
        : fault.Contains("UTF-8", StringComparison.Ordinal) ? "not in UTF-8"
        : "row cannot be read";
}
