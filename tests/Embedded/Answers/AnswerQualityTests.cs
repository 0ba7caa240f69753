using System.Text;
using DomainFlow.Chaos.Tests.Support;
using DomainFlow.Embedded.Tests.Support;
using Xunit.Abstractions;

namespace DomainFlow.Embedded.Tests.Answers;

/// <summary>How well questions are answered: floors a little under what is reached, so that a change for the worse shows.</summary>
public sealed class AnswerQualityTests(TestDatabase database, ITestOutputHelper output) : IClassFixture<TestDatabase>
{
    [SkippableFact]
    public async Task Questions_about_the_sample_city_are_answered()
    {
        var asked = await MeasureAsync(LabelledReports.Samples(), "sample-questions.json");
        Assert.True(asked.Right >= 15, $"{asked.Right} right");
    }

    [SkippableFact]
    public async Task Questions_about_a_citys_year_are_answered()
    {
        Skip.IfNot(ProofSize.Full, "takes a minute: ./verify answers runs it");
        var file = Environment.GetEnvironmentVariable("DOMAINFLOW_TEST_CSV");
        Skip.If(file is null, "DOMAINFLOW_TEST_CSV is not set: no CSV of a city");
        var asked = await MeasureAsync(LabelledReports.Csv(file!), "new-haven-questions.json");
        Assert.True(asked.Right >= 22, $"{asked.Right} right");
    }

    private async Task<(int Right, int Count)> MeasureAsync(LabelledReports labelled, string file)
    {
        var questions = LabelledQuestion.Read(file);
        var corpus = await AskedCorpus.CreateAsync(database, labelled);
        foreach (var heldOut in new[] { false, true })
        {
            var part = questions.Where(question => question.HeldOut == heldOut && question.Expected.Count > 0).ToList();
            foreach (var (name, byText, byVector) in new[] { ("text", true, false), ("vector", false, true), ("hybrid", true, true) })
                output.WriteLine(await RetrievalAsync(corpus, part, $"{file} {(heldOut ? "held out" : "tuning")} {name}", byText, byVector));
        }

        var (right, log) = (new List<LabelledQuestion>(), new StringBuilder());
        foreach (var question in questions)
        {
            var answer = await corpus.AnswerAsync(question.Text);
            var isRight = question.IsAnsweredBy(answer, corpus.Label);
            if (isRight)
                right.Add(question);
            if (!question.HeldOut || Environment.GetEnvironmentVariable("DOMAINFLOW_SHOW_ALL") is not null)
            {
                log.AppendLine($"{(isRight ? "right" : "WRONG")}: {question.Text} [{string.Join(' ', question.Expected)}: {question.Said}]\n   {answer.Summary}\n   "
                    + string.Join(" | ", answer.Bullets.Select(bullet => $"{bullet.Agent} {bullet.Confidence}: {bullet.Text}"))
                    + $"\n   {string.Join(' ', answer.References.Select(reference => corpus.Label(reference.Id)))}");
            }
        }

        output.WriteLine($"{file} answers: tuning {right.Count(q => !q.HeldOut)} of {questions.Count(q => !q.HeldOut)} right,"
            + $" held out {right.Count(q => q.HeldOut)} of {questions.Count(q => q.HeldOut)}");
        output.WriteLine(log.ToString());
        return (right.Count, questions.Count);
    }

    private static async Task<string> RetrievalAsync(AskedCorpus corpus, List<LabelledQuestion> questions, string name, bool byText, bool byVector)
    {
        var (found, reciprocal) = (0, 0.0);
        foreach (var question in questions)
        {
            var labels = await corpus.RetrieveAsync(question.Text, byText, byVector);
            var place = labels.Index().FirstOrDefault(item => question.Expected.Contains(item.Item), (Index: -1, Item: "")).Index;
            found += place is >= 0 and < 5 ? 1 : 0;
            reciprocal += place >= 0 ? 1.0 / (place + 1) : 0;
        }

        return $"{name}: recall@5 {(double)found / questions.Count:F2}, MRR {reciprocal / questions.Count:F2} ({questions.Count} questions)";
    }
}
