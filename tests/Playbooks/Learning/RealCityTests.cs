using DomainFlow.Chaos.Tests.Support;
using DomainFlow.Imports.Rows;
using DomainFlow.Playbooks.Learning;
using DomainFlow.Quality.Data;
using DomainFlow.Quality.Evaluation;
using Xunit.Abstractions;

namespace DomainFlow.Playbooks.Tests.Learning;

public sealed class RealCityTests(ITestOutputHelper output)
{
    /// <summary>Of the odd rows every so manieth: ./verify quality itself reads them all.</summary>
    private const int Sample = 4;

    [SkippableFact]
    public async Task A_domain_learned_from_the_even_rows_reads_the_odd_ones()
    {
        Skip.IfNot(ProofSize.Full, "takes a quarter of a minute: ./verify quality runs it");
        var file = Environment.GetEnvironmentVariable("DOMAINFLOW_TEST_CSV");
        Skip.If(string.IsNullOrEmpty(file), "DOMAINFLOW_TEST_CSV names no CSV");
        var all = LabelledRows.Read(file, RowHalf.All, ReportFileOptions.In("America/New_York"), CancellationToken.None).Rows;
        var even = all.Where(row => LabelledRows.IsEven(row.Id)).Select(row => row.Report).ToList();
        var domain = TemplateFile.ToDomain(TemplateFile.Write(DomainLearner.Learn(even), "learned", null, "America/New_York"));
        var labels = Label.Read(Path.Combine(AppContext.BaseDirectory, "Labels", "new-haven-odd-150.csv"));
        var labelled = labels.Select(label => label.Id).ToHashSet();
        var odd = all.Where(row => !LabelledRows.IsEven(row.Id)).ToList();
        var evaluator = new Evaluator(domain, new Yardsticks(all));

        var evaluation = await evaluator.RunAsync([.. odd.Where((_, at) => at % Sample == 0)], [], null, CancellationToken.None);
        var byHand = (await evaluator.RunAsync([.. odd.Where(row => labelled.Contains(row.Id))], labels, null, CancellationToken.None)).Labels!;

        output.WriteLine(string.Join('\n', EvaluationText.Of(evaluation)));
        Assert.Empty(Bounds.Missed(evaluation, slack: 0.02));
        Assert.True(evaluation.Whole.Domain > evaluation.Whole.NaiveBayes && evaluation.Description.Domain > evaluation.Description.NaiveBayes);
        Assert.True(byHand.UrgencyRight > 1.3 * byHand.Usual, $"urgency: {byHand.UrgencyRight} of {byHand.Count}");
        Assert.True(byHand.DatedRight >= 0.7 * byHand.Dated && byHand.MadeUp <= 10, $"time: {byHand.DatedRight} of {byHand.Dated}, {byHand.MadeUp} made up");
    }
}
