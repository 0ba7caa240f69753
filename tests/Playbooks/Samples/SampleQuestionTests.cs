using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DomainFlow.Playbooks.Answers;
using DomainFlow.Playbooks.BuiltIn;
using DomainFlow.Playbooks.Offline;
using Xunit.Abstractions;

namespace DomainFlow.Playbooks.Tests.Samples;

public sealed class SampleQuestionTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset AskedAt = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_sample_questions_are_answered_from_the_sample_reports()
    {
        var samples = await SampleSources.CreateAsync();
        var playbook = new QueryPlaybook(new OfflineChatClient(), TimeProvider.System);
        var (right, log) = (0, new StringBuilder());
        foreach (var sample in SampleCity.Questions)
        {
            var answer = await playbook.AnswerAsync(
                SampleCity.Domain, BuiltInAgents.All, new Question((string)sample["question"]!, AskedAt), samples.Sources, CancellationToken.None);
            var problem = Problem(sample, answer);
            right += problem is null ? 1 : 0;
            log.AppendLine($"{(problem is null ? "right" : problem)}: {sample["question"]}\n   {answer.Summary}\n   "
                + string.Join(" | ", answer.Bullets
                    .Select(bullet => $"{bullet.Agent}: {bullet.Text}")) + $"\n   {string.Join(' ', answer.References.Select(reference => reference.Id))}");
        }

        output.WriteLine(log.ToString());
        Assert.True(right >= SampleCity.Questions.Count - 2, log.ToString());
    }

    private static string? Problem(JsonObject sample, QueryAnswer answer)
    {
        if ((bool)sample["insufficient"]!)
            return !answer.HasEvidence && answer.References.Count == 0 ? null : "WRONG evidence";
        var ids = ((JsonArray)sample["expect_ids"]!).Select(id => (string)id!).ToList();
        var said = string.Join(' ', answer.Bullets.Select(bullet => bullet.Text).Append(answer.Summary)
            .Concat(answer.References.Select(reference => reference.Snippet)));
        if (!answer.References.Any(reference => ids.Contains(reference.Id)))
            return "WRONG references";
        if ((int?)sample["expect_count"] is { } count && !Counts(answer, count))
            return $"WRONG count (not {count})";
        var missing = (sample["expect_words"] as JsonArray ?? []).Select(word => (string)word!)
            .FirstOrDefault(word => !said.Contains(word, StringComparison.OrdinalIgnoreCase));
        return missing is null ? null : $"WRONG words ({missing})";
    }

    /// <summary>The number itself or, where the question does not ask for one, as many references.</summary>
    private static bool Counts(QueryAnswer answer, int count) =>
        answer.Bullets.Any(bullet => Regex.IsMatch(bullet.Text, $@"\b{count}\b")) || answer.References.Count == count;
}
