using DomainFlow.Playbooks.Answers;
using DomainFlow.Playbooks.BuiltIn;
using DomainFlow.Playbooks.Offline;
using DomainFlow.Playbooks.Questions;
using DomainFlow.Playbooks.Tests.Offline;
using DomainFlow.Playbooks.Tests.Support;

namespace DomainFlow.Playbooks.Tests.Questions;

/// <summary>Any question of 5,000 characters is answered within bounds, whatever the reports say, and none throws.</summary>
[Collection(ExtractionCostTests.Name)]
public sealed class QuestionCostTests
{
    private const int Length = 5000;
    private static readonly string[] Parts =
    [
        "1am ", "hoy ", "open ", "open or closed ", "light ", "potholes or graffiti ", "not about potholes ", "without ", "Mill Street ", "Mill Street or ", "near Mill Street ",
        "who what where when why how which ", "how many how much from where what kind who when where why ", "first week of November ", "2026-W46 ", "5-7 November ", "a", "é", "’", "... ",
        "those ", "and ", "What is the most common ", "pothole2 ", "\"quoted ", "((((", "İ", "١٢٣ ", "२०२६-W४६ ", "between ٥ and ٧ November ", "how many ๑๒ potholes ", "over the last ٣ months ",
        "in the past nine nine ", "May ", "Wie viele Schlaglöcher gibt es in der ", "¿Cuántos baches hay en ", "the quick brown fox jumps over lazy dogs ", "x1 y2 z3 ", "—", "\t\n",
        "Amsterdam Berlin Copenhagen Dublin ", "week 46 of 2026 ", "oldest newest ", "most least street category day ", "one two three dozen ", "because since due to ",
    ];

    public static TheoryData<string> Questions => [.. CostRecord.Some(Parts)];

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task A_long_question_costs_little(string part)
    {
        var question = string.Concat(Enumerable.Repeat(part, (Length / part.Length) + 1))[..Length];
        await AskAsync("How many potholes?");
        await CostRecord.MeasureAsync("question", TimeSpan.FromSeconds(1), question, () => AskAsync(question));
    }

    private static Task<QueryAnswer> AskAsync(string question)
    {
        var text = string.Concat(Enumerable.Range(0, 1500).Select(number => $"Mill{number % 97} pothole {number} since 1{number % 9}:00 because. ".Replace(" because. ", number % 5 == 0 ? ". " : " ")))[..10_000];
        IReadOnlyList<FoundReport> found =
            [.. Enumerable.Range(0, 20).Select(place => new FoundReport($"r{place}", 1, $"{question[..Math.Min(3000, question.Length)]} {text}", AskedCity.AskedAt, "pothole", "Mill Street"))];
        var sources = new QuerySources(
            (_, _, limit, _) => Task.FromResult<IReadOnlyList<FoundReport>>([.. found.Take(limit)]),
            (_, _, limit, _) => Task.FromResult<IReadOnlyList<FoundReport>>([.. found.Take(limit)]),
            (_, _, _) => Task.FromResult(new ReportCount(20, [])),
            (_, _) => Task.FromResult<FoundReport?>(null));
        return new QueryPlaybook(new OfflineChatClient(), TimeProvider.System).AnswerAsync(
            AskedCity.Domain, BuiltInAgents.All, new Question(question, AskedCity.AskedAt), sources, CancellationToken.None);
    }
}
