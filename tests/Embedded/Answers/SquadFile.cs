using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DomainFlow.Playbooks.Templates;

namespace DomainFlow.Embedded.Tests.Answers;

/// <summary>Paragraphs with questions and their answers, in the format of SQuAD.</summary>
/// <param name="Language">ISO 639-1 code, from the file's name (<c>NAME-de.json</c>); English where it says none.</param>
internal sealed partial record SquadFile(string Name, string Language, IReadOnlyList<SquadFile.Article> Articles)
{
    private const string Variable = "DOMAINFLOW_TEST_QA";

    internal sealed record Article(IReadOnlyList<Paragraph> Paragraphs);

    internal sealed record Paragraph(string Label, string Text, IReadOnlyList<Item> Questions);

    /// <param name="Answers">Any one of them is right.</param>
    internal sealed record Item(string Text, IReadOnlyList<string> Answers);

    /// <summary>The files that DOMAINFLOW_TEST_QA names: paths or patterns, separated by ':'.</summary>
    public static IReadOnlyList<string> Named() =>
    [
        .. (Environment.GetEnvironmentVariable(Variable) ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(path => Directory.GetFiles(Path.GetDirectoryName(Path.GetFullPath(path))!, Path.GetFileName(path)).Order(StringComparer.Ordinal)),
    ];

    public static SquadFile Read(string path)
    {
        var articles = ((JsonArray)JsonNode.Parse(File.ReadAllText(path))!["data"]!)
            .Select((article, number) => new Article(
                [.. ((JsonArray)article!["paragraphs"]!).Select((paragraph, place) => Read(paragraph!, $"{number}.{place}"))]));
        var language = LanguageOfName().Match(path);
        return new SquadFile(Path.GetFileName(path), language.Success ? language.Groups[1].Value : "en", [.. articles]);
    }

    /// <summary>The paragraphs of articles as reports to a domain in the file's language.</summary>
    public LabelledReports Reports(IEnumerable<Article> articles)
    {
        var at = new DateTimeOffset(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);
        var domain = DomainTemplates.Find("civic-complaints")!.ToDomain(Guid.NewGuid(), [], language: Language);
        var reports = articles.SelectMany(article => article.Paragraphs)
            .Select((paragraph, place) => new LabelledReport(paragraph.Label, paragraph.Text, at.AddMinutes(7 * place)));
        return new LabelledReports(domain, at.AddDays(20), [.. reports]);
    }

    private static Paragraph Read(JsonNode paragraph, string label) => new(
        label,
        (string)paragraph["context"]!,
        [.. ((JsonArray)paragraph["qas"]!).Select(item => new Item(
            (string)item!["question"]!,
            [.. ((JsonArray)item["answers"]!).Select(answer => (string)answer!["text"]!)]))]);

    [GeneratedRegex(@"[-._]([a-z]{2})\.json$")]
    private static partial Regex LanguageOfName();
}
