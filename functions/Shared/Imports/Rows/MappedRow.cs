using DomainFlow.Imports.Tables;

namespace DomainFlow.Imports.Rows;

/// <summary>Something about a row that a person should know.</summary>
/// <param name="Cause">The same for all rows of one kind: what a summary counts.</param>
/// <param name="Field">The column; null where it is the row as a whole.</param>
/// <param name="Detail">What is wrong in this row.</param>
/// <param name="IsCountedOnly">As good as certain: a summary counts it, and no line is needed for each row.</param>
public sealed record RowIssue(string Cause, string? Field, string Detail, bool IsCountedOnly = false)
{
    public override string ToString() => Field is null ? Detail : $"{Field}: {Detail}";
}

/// <summary>A row as a report, or why it is none.</summary>
/// <param name="Id">The source's id of the report; empty where there is none.</param>
public abstract record MappedRow(TableRow Row, string Id)
{
    public long Number => Row.Number;

    /// <param name="Warnings">What was left out or read otherwise than it is written.</param>
    public sealed record Good(TableRow Row, string Id, RowReport Report, IReadOnlyList<RowIssue> Warnings) : MappedRow(Row, Id);

    public sealed record Faulty(TableRow Row, string Id, RowIssue Issue) : MappedRow(Row, Id)
    {
        public override string ToString() => $"row {Number}{(Id.Length > 0 ? $" (id {Id})" : "")}: {Issue}";
    }
}

/// <summary>What a row says.</summary>
/// <param name="ReportedAt">In UTC.</param>
/// <param name="Text">The text, or summary and description without saying the same twice.</param>
/// <param name="Summary">Empty where the file has one text.</param>
/// <param name="Position">Degrees on WGS 84; null where the row has none that can be used.</param>
/// <param name="Address">Empty where the row has none, as status and category.</param>
/// <param name="WorkStatus">pending, in_progress, resolved or closed; null where the row does not say.</param>
/// <param name="Status">As the file writes it.</param>
public sealed record RowReport(
    DateTimeOffset ReportedAt, string Text, string Summary, string Description, (double Lat, double Lon)? Position, string Address, string? WorkStatus, string Status, string Category);
