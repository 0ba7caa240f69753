using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DomainFlow.Playbooks.Answers;

namespace DomainFlow.Embedded.Tests.Answers;

/// <summary>A question written by hand, and what a right answer is.</summary>
/// <param name="Expected">Labels of the reports that answer it; none where the right answer is that nothing is known.</param>
/// <param name="Said">What the answer itself must say: a regular expression.</param>
/// <param name="HeldOut">Never looked at while rules were tuned.</param>
public sealed record LabelledQuestion(string Text, IReadOnlySet<string> Expected, string Said, bool HeldOut)
{
    public static IReadOnlyList<LabelledQuestion> Read(string file) =>
    [
        .. ((JsonArray)JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "labels", file)))!).OfType<JsonObject>()
            .Select(item => new LabelledQuestion(
                (string)item["question"]!,
                ((JsonArray)item["expect_ids"]!).Select(id => (string)id!).ToHashSet(),
                (string)item["expect_answer"]!,
                (bool)item["held_out"]!)),
    ];

    /// <summary>Right is what says the thing itself, not only points to a report that does.</summary>
    public bool IsAnsweredBy(QueryAnswer answer, Func<string, string> label)
    {
        if (Expected.Count == 0)
            return !answer.HasEvidence && answer.References.Count == 0;
        var said = string.Join('\n', answer.Bullets.Select(bullet => bullet.Text).Append(answer.Summary));
        return answer.References.Any(reference => Expected.Contains(label(reference.Id))) && Regex.IsMatch(said, Said, RegexOptions.IgnoreCase);
    }
}
