using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Agents;
using DomainFlow.Playbooks.Questions;
using DomainFlow.Playbooks.Running;

namespace DomainFlow.Playbooks.Answers;

/// <summary>
/// Makes one answer of what the query agents said. Whatever a model wrote, only what was retrieved is cited, only what a source holds is
/// quoted, and nothing retrieved means "Insufficient evidence".
/// </summary>
public sealed class AnswerComposer(AgentExecutor executor)
{
    public const int MaxBullet = 150;
    public const string InsufficientEvidence = "Insufficient evidence";

    private const int MaxReferences = 10;
    private const int MaxSnippet = 200;
    private const double LeastConfidence = 0.2;

    private static readonly AgentDefinition Summariser = new(
        "summary",
        "Summary",
        AgentClass.Query,
        """
        You sum up what several agents found about a question, for the person who asked it.
        - summary: two or three plain sentences that rest on the findings and sources blocks and on nothing else.
          Give numbers, places and times as they stand there.
        - quotes: passages of the sources that the summary quotes between quotation marks, letter by letter; empty where it quotes none.
        """,
        [],
        [],
        (JsonObject)JsonNode.Parse(
            """
            {"type":"object","properties":{"summary":{"type":"string","maxLength":900},
             "quotes":{"type":"array","maxItems":5,"items":{"type":"string","maxLength":300}}},
             "required":["summary","quotes"],"additionalProperties":false}
            """)!,
        "Sums up findings.");

    /// <summary>Composes the answer; asks the model for the summary and falls back to the bullets when that fails.</summary>
    public async Task<QueryAnswer> ComposeAsync(AnswerRequest request, PlaybookRun run, Retrieved retrieved, CancellationToken cancellationToken)
    {
        var bullets = Bullets(run, retrieved);
        if (bullets.Count == 0)
            return new QueryAnswer(false, Insufficient(request), [], [], MapData.Of([]), run);
        var references = References(bullets, retrieved);
        var cited = references.Select(reference => reference.Id).ToHashSet();
        var shown = bullets.Select(bullet => bullet with { Sources = [.. bullet.Sources.Where(cited.Contains)] }).ToList();
        var summary = await SummaryAsync(request, shown, references, retrieved, cancellationToken) + NotUnderstood(request);
        return new QueryAnswer(true, summary, shown, references, MapData.Of(OnMap(bullets, retrieved)), run);
    }

    private static List<Bullet> Bullets(PlaybookRun run, Retrieved retrieved) =>
    [
        .. run.Outputs
            .Select(output => Bullet(output.Key, output.Value, retrieved))
            .OfType<Bullet>()
            .OrderByDescending(bullet => bullet.Confidence)
            .ThenBy(bullet => bullet.Agent, StringComparer.Ordinal)
            .DistinctBy(bullet => bullet.Text),
    ];

    private static Bullet? Bullet(string agent, JsonObject output, Retrieved retrieved)
    {
        if (JsonText.String(output["answer"]) is not { Length: > 0 } answer || JsonText.Number(output["confidence"]) is not { } confidence
            || confidence < LeastConfidence)
            return null;
        var given = Citations.Of(output);
        var sources = given.Where(id => retrieved.Find(id) is not null).ToList();
        // An answer stands on something that was retrieved: a report that it names, or a count that is not zero.
        if (sources.Count == 0 && (given.Count > 0 || !retrieved.Counts.Values.Any(count => count.Total > 0)))
            return null;
        var text = WithoutFalseQuotes(answer, sources, retrieved);
        if (text.Length == 0)
            return null;
        var quote = JsonText.String(output["quote"]);
        var holds = quote is not null && sources.Exists(id => Quotation.IsIn(quote, retrieved.Find(id)!.Text));
        return new Bullet(agent, Shorten.To(text, MaxBullet), confidence, sources, holds ? quote : null);
    }

    /// <summary>A sentence whose quotation no cited source holds goes.</summary>
    private static string WithoutFalseQuotes(string text, IReadOnlyList<string> sources, Retrieved retrieved) =>
        QuotedText.KeepSentences(text, quote => sources.Any(id => Quotation.IsIn(quote, retrieved.Find(id)!.Text)));

    private static List<Reference> References(List<Bullet> bullets, Retrieved retrieved)
    {
        var cited = bullets.SelectMany(bullet => bullet.Sources).Distinct().Select(id => retrieved.Find(id)!);
        return
        [
            .. cited.OrderByDescending(report => report.Score).ThenBy(report => report.Id, StringComparer.Ordinal).Take(MaxReferences)
                .Select(report => new Reference(
                    report.Id, report.Kind, Math.Clamp(report.Score, 0, 1), Shorten.To(UntrustedText.Strip(report.Text), MaxSnippet), report.ReportedAt)),
        ];
    }

    private static IEnumerable<FoundReport> OnMap(List<Bullet> bullets, Retrieved retrieved)
    {
        var cited = bullets.SelectMany(bullet => bullet.Sources).ToHashSet();
        return cited.Count > 0 ? retrieved.All.Where(report => cited.Contains(report.Id)) : retrieved.All;
    }

    private async Task<string> SummaryAsync(
        AnswerRequest request, List<Bullet> bullets, List<Reference> references, Retrieved retrieved, CancellationToken cancellationToken)
    {
        var sources = references.Select(reference => retrieved.Find(reference.Id)!).ToList();
        var input = new AgentInput(
        [
            new DataBlock(DataBlock.Question, request.Text),
            new DataBlock("findings", JsonText.Write(new JsonArray([.. bullets.Select(bullet => (JsonNode)new JsonObject
            {
                ["agent"] = bullet.Agent, ["answer"] = bullet.Text, ["confidence"] = bullet.Confidence, ["quote"] = bullet.Quote,
            })]))),
            new DataBlock("sources", JsonText.Write(new JsonArray([.. sources.Select(report => (JsonNode)new JsonObject
            {
                ["id"] = report.Id, ["reported_at"] = Iso.Utc(report.ReportedAt), ["text"] = Shorten.To(report.Text, 600),
            })]))),
        ]);
        var fallback = string.Join(' ', bullets.Take(3).Select(bullet => Sentence(bullet.Text)));
        if (cancellationToken.IsCancellationRequested)
            return fallback;
        try
        {
            var result = await executor.ExecuteAsync(Summariser, input, ToolBox.Empty, cancellationToken);
            var summary = result is AgentResult.Succeeded done ? JsonText.String(done.Output["summary"]) ?? "" : "";
            var kept = QuotedText.KeepSentences(summary, quote => sources.Exists(source => Quotation.IsIn(quote, source.Text)));
            return kept.Length > 0 ? kept : fallback;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return fallback;
        }
    }

    /// <summary>An answer that leaves a part of the question aside says so.</summary>
    private static string NotUnderstood(AnswerRequest request) => request.Filters.NotUnderstood is { Count: > 0 } parts
        ? $" Not understood and not applied: {string.Join(", ", parts.Take(3).Select(part => $"“{Shorten.To(part, 60)}”"))}."
        : "";

    private static string Sentence(string text) => text[^1] is '.' or '!' or '?' or '…' ? text : text + ".";

    private static string Insufficient(AnswerRequest request)
    {
        var limits = request.Filters.Describe(request.Domain.TimeZone);
        return limits.Length > 0
            ? $"{InsufficientEvidence}: no report was found that bears on the question ({limits}).{NotUnderstood(request)}"
            : $"{InsufficientEvidence}: no report was found that bears on the question.{NotUnderstood(request)}";
    }
}
