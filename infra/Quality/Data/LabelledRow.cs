using DomainFlow.Playbooks.Learning;

namespace DomainFlow.Quality.Data;

/// <param name="Id">The source's id, of any form.</param>
/// <param name="ReportedAt">In UTC.</param>
internal sealed record LabelledRow(string Id, DateTimeOffset ReportedAt, LabelledReport Report);

/// <summary>Which rows of a file, by their ids.</summary>
internal enum RowHalf
{
    All,
    Even,
    Odd,
}
