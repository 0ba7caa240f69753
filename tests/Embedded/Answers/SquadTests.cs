using System.Text;
using DomainFlow.Chaos.Tests.Support;
using DomainFlow.Embedded.Tests.Support;
using DomainFlow.Playbooks.Answers;
using Xunit.Abstractions;

namespace DomainFlow.Embedded.Tests.Answers;

/// <summary>
/// Questions of reading tests, asked of the product in one run with one setting: half of the articles are imported as reports, then questions
/// about these and about the other half are asked; then the halves change places.
/// </summary>
public sealed class SquadTests(TestDatabase database, ITestOutputHelper output) : IClassFixture<TestDatabase>
{
    private const double LeastShown = 0.65;

    [SkippableFact]
    public async Task Answers_that_are_there_are_shown_and_others_refused()
    {
        Skip.IfNot(ProofSize.Full, "takes minutes: ./verify questions runs it");
        var files = SquadFile.Named();
        Skip.If(files.Count == 0, "DOMAINFLOW_TEST_QA names no file in the format of SQuAD");
        var (lines, faults) = (new List<string>(), new List<string>());
        foreach (var file in files.Select(SquadFile.Read))
        {
            var tally = new Tally(file);
            foreach (var half in new[] { 0, 1 })
                await AskAsync(tally, half);
            lines.Add(tally.ToString());
            output.WriteLine($"{tally}\n{tally.Log}");
            if (tally.ShareShown < LeastShown || tally.ShareRefused < (file.Language == "en" ? 0.85 : 0.75))
                faults.Add(tally.ToString());
        }

        await Found.SayAsync(string.Join("; ", lines));
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    private async Task AskAsync(Tally tally, int half)
    {
        var imported = tally.File.Articles.Where((_, place) => place % 2 == half).ToList();
        var corpus = await AskedCorpus.CreateAsync(database, tally.File.Reports(imported));
        foreach (var article in tally.File.Articles)
        {
            foreach (var (paragraph, question) in article.Paragraphs.SelectMany(paragraph => paragraph.Questions.Select(question => (paragraph, question))))
            {
                var answer = await corpus.AnswerAsync(question.Text);
                if (imported.Contains(article))
                    tally.Present(paragraph, question, answer, (await corpus.RetrieveAsync(question.Text, true, false)).FirstOrDefault());
                else
                    tally.Absent(question, answer);
            }
        }
    }

    private sealed class Tally(SquadFile file)
    {
        private int present, first, shown, absent, refused;

        public SquadFile File => file;

        public StringBuilder Log { get; } = new();

        /// <summary>Of the questions whose paragraph is retrieved first, the share whose answer is shown.</summary>
        public double ShareShown => (double)shown / Math.Max(1, first);

        public double ShareRefused => (double)refused / Math.Max(1, absent);

        public void Present(SquadFile.Paragraph paragraph, SquadFile.Item question, QueryAnswer answer, string? firstLabel)
        {
            present++;
            var isFirst = firstLabel == paragraph.Label;
            first += isFirst ? 1 : 0;
            var said = Normalised(string.Join('\n', answer.Bullets.Select(bullet => bullet.Text).Append(answer.Summary)));
            var isShown = question.Answers.Any(gold => said.Contains(Normalised(gold), StringComparison.Ordinal));
            shown += isFirst && isShown ? 1 : 0;
            Note(isShown ? "shown" : isFirst ? "MISSED" : "elsewhere", question, answer);
        }

        public void Absent(SquadFile.Item question, QueryAnswer answer)
        {
            absent++;
            refused += answer.HasEvidence ? 0 : 1;
            Note(answer.HasEvidence ? "ANSWERED" : "refused", question, answer);
        }

        public override string ToString() => FormattableString.Invariant(
            $"{file.Name} ({file.Language}): retrieval@1 {100.0 * first / Math.Max(1, present):F1} % of {present}, shown {100 * ShareShown:F1} % where first, ")
            + FormattableString.Invariant($"refused {100 * ShareRefused:F1} % of {absent} absent");

        private void Note(string what, SquadFile.Item question, QueryAnswer answer) =>
            Log.AppendLine($"{what}: {question.Text} [{string.Join(" | ", question.Answers)}]\n   {answer.Summary}\n   "
                + string.Join(" | ", answer.Bullets.Select(bullet => FormattableString.Invariant($"{bullet.Agent} {bullet.Confidence:F2}: {bullet.Text}"))));

        /// <summary>Lower case, words only: as the measure of SQuAD compares answers, articles kept.</summary>
        private static string Normalised(string text) =>
            $" {string.Join(' ', string.Concat(text.ToLowerInvariant().Select(letter => char.IsLetterOrDigit(letter) ? letter : ' '))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries))} ";
    }
}
