using System.Net;
using System.Text.RegularExpressions;
using DomainFlow.Local.Client.Api;
using DomainFlow.Local.Client.Tenants;

namespace DomainFlow.Local.Client.Demo;

/// <summary>Whether an answer is what the sample question expects.</summary>
internal sealed class QuestionCheck(ApiClient api, Findings findings)
{
    private const string NoEvidence = "insufficient evidence";

    /// <summary>Why the answer does not hold; empty where it does.</summary>
    /// <param name="ids">Incident ids by sample id.</param>
    public static IReadOnlyList<string> Faults(SampleQuestion question, QueryState answer, IReadOnlyDictionary<string, Guid> ids)
    {
        if (answer.Status != "completed") return [$"it is {answer.Status}: {answer.FailureReason}"];
        var references = answer.ReferencesUsed ?? [];
        var text = string.Join('\n', [answer.Summary ?? "", .. answer.Bullets ?? []]);
        if (question.Insufficient)
            return references.Count == 0 && text.Contains(NoEvidence, StringComparison.OrdinalIgnoreCase) ? [] : ["nothing bears on it, and yet it was answered"];
        var faults = new List<string>();
        var expected = question.ExpectIds.Select(id => ids[id].ToString()).ToHashSet();
        if (expected.Count > 0 && !references.Any(r => expected.Contains(r.Id))) faults.Add("none of the expected reports is among the references");
        if (question.ExpectCount is { } count && !SaysNumber(question.Question, text, count) && !(expected.Count == count && expected.SetEquals(references.Select(r => r.Id))))
            faults.Add($"it neither says {count} nor refers to just those {count}");
        foreach (var word in question.ExpectWords ?? [])
        {
            if (!text.Contains(word, StringComparison.OrdinalIgnoreCase)) faults.Add($"it does not say '{word}'");
        }

        return faults;
    }

    /// <summary>A reference to what is not there is never right, whatever the answer says.</summary>
    public async Task ReferencesExistAsync(SampleQuestion question, QueryState answer, CancellationToken cancellationToken)
    {
        foreach (var reference in answer.ReferencesUsed ?? [])
        {
            var found = Guid.TryParse(reference.Id, out var id) ? (await api.GetAsync($"/reports/{id}", cancellationToken)).Status : HttpStatusCode.NotFound;
            findings.Expect(found == HttpStatusCode.OK, $"'{question.Question}': its reference {reference.Id} is answered {(int)found}");
        }
    }

    /// <summary>The number in brackets, or before the word report or a word of the question: not a part of a date, and not of "2 hours ago".</summary>
    private static bool SaysNumber(string question, string text, int number) =>
        Regex.Matches(text, $@"(?<![\d.,:/-]){number}(?:\)|\s+(\p{{L}}+))").Any(m =>
            !m.Groups[1].Success || m.Groups[1].Value.StartsWith("report", StringComparison.OrdinalIgnoreCase) || question.Contains(m.Groups[1].Value, StringComparison.OrdinalIgnoreCase));
}
