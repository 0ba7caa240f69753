using DomainFlow.Quality.Data;

namespace DomainFlow.Quality.Evaluation;

/// <summary>
/// The baselines for a row, trained without it: on the other half of the file. Where both halves are evaluated, each half is measured by
/// what the other taught.
/// </summary>
internal sealed class Yardsticks
{
    private readonly NaiveBayes even;
    private readonly NaiveBayes odd;

    /// <param name="all">Rows of both halves.</param>
    public Yardsticks(IReadOnlyList<LabelledRow> all)
    {
        even = Train(all, isEven: true);
        odd = Train(all, isEven: false);
    }

    public NaiveBayes For(LabelledRow row) => LabelledRows.IsEven(row.Id) ? odd : even;

    private static NaiveBayes Train(IReadOnlyList<LabelledRow> all, bool isEven) =>
        new([.. all.Where(row => LabelledRows.IsEven(row.Id) == isEven && row.Report.Category.Length > 0).Select(row => row.Report)]);
}
