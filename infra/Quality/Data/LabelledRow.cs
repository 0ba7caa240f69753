using DomainFlow.Playbooks.Learning;

namespace DomainFlow.Quality.Data;

/// <param name="Local">When it was made, as the city's clocks showed it.</param>
internal sealed record LabelledRow(long Id, DateTime Local, LabelledReport Report);

/// <summary>Which rows of a file, by their ids.</summary>
internal enum RowHalf
{
    All,
    Even,
    Odd,
}
