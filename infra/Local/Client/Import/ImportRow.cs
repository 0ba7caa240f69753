using DomainFlow.Local.Client.Api;

namespace DomainFlow.Local.Client.Import;

/// <param name="Number">The row's number in the file as a spreadsheet counts: the header is row 1.</param>
/// <param name="Id">The source's id of the report; empty where there is none.</param>
/// <param name="Fields">As the file has them.</param>
internal abstract record ImportRow(long Number, string Id, IReadOnlyList<string> Fields)
{
    public sealed record Report(long Number, string Id, IReadOnlyList<string> Fields, ReportToSend Body) : ImportRow(Number, Id, Fields)
    {
        public Faulty Failed(string? field, string reason) => new(Number, Id, Fields, field, reason);
    }

    /// <param name="Field">The column, or the request's field, that is wrong; null where it is the row as a whole.</param>
    public sealed record Faulty(long Number, string Id, IReadOnlyList<string> Fields, string? Field, string Reason) : ImportRow(Number, Id, Fields)
    {
        public string Fault => Field is null ? Reason : $"{Field}: {Reason}";

        public override string ToString() => $"row {Number}{(Id.Length > 0 ? $" (id {Id})" : "")}: {Fault}";
    }
}
