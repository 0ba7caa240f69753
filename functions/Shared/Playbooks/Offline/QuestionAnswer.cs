using System.Globalization;
using System.Text.RegularExpressions;
using DomainFlow.Playbooks.Answers;
using DomainFlow.Playbooks.Language;
using DomainFlow.Playbooks.Times;

namespace DomainFlow.Playbooks.Offline;

/// <summary>An answer taken from what was retrieved, for one side of a question.</summary>
internal sealed partial record QuestionAnswer(string? Text, double Confidence, IReadOnlyList<string> Sources, string? Quote)
{
    private const int MostSources = 10;

    public static QuestionAnswer None { get; } = new(null, 0, [], null);

    public static QuestionAnswer Of(string agent, Asked question, Evidence evidence)
    {
        if (evidence.Reports.Count == 0 && evidence.Counted.Count == 0)
            return None;
        var kind = question.Kind;
        return agent switch
        {
            "how_many" => Numbered(evidence, question) ?? HowMany(evidence, question),
            "where" => Where(evidence, question),
            "what_kind" when question.Category is null && question.Topic.Count == 0 => Groups(evidence, Kinds(evidence), "", 0.8),
            "what" or "which" or "who" when evidence.Groups.Count > 0 => Groups(evidence, evidence.Groups, "", 0.75, Grouping.IsLeast(question.Form)),
            "when" => When(evidence, question),
            "why" => Sentence(evidence, question, AnswerKind.Reason, 0.75, 0.5),
            "who" => Sentence(evidence, question, AnswerKind.Person, 0.65, 0.5),
            "from_where" => Sentence(evidence, question, AnswerKind.Origin, 0.65, 0.5),
            "how_much" => Sentence(evidence, question, kind is AnswerKind.Duration ? kind : AnswerKind.Amount, 0.65, 0.5),
            "how" => Sentence(evidence, question, AnswerKind.Manner, 0.65, 0.5),
            _ => Sentence(evidence, question, kind, 0.65, 0.65),
        };
    }

    /// <summary>A number of things inside a report, where the question is not about reports themselves: what is counted stands near a number.</summary>
    private static QuestionAnswer? Numbered(Evidence evidence, Asked question)
    {
        if (question.Topic.Count == 0 || HowManyOf().Match(question.Form) is not { Success: true } asked)
            return null;
        var counted = Concepts.Of(Stemmer.Stem(asked.Groups[1].Value.ToLowerInvariant()));
        if (question.Topic.All(word => Concepts.Of(Stemmer.Stem(word)) == counted))
            return null;
        var near = evidence with { Reports = [.. evidence.Reports.Where(report => IsNumbered(report.Text, counted))] };
        return near.Reports.Count == 0 ? null : Sentence(near, question, AnswerKind.Number, 0.8, 0.5);
    }

    private static bool IsNumbered(string text, string counted)
    {
        var words = Words.Of(text);
        var numbers = words.Index().Where(word => AnswerPatterns.Number().IsMatch(word.Item.Text)).Select(word => word.Index).ToList();
        return words.Index().Any(word => Concepts.Of(word.Item.Stem) == counted && numbers.Exists(number => Math.Abs(number - word.Index) <= 3));
    }

    /// <summary>One or two reports say where in their own words; more are counted by place.</summary>
    private static QuestionAnswer Where(Evidence evidence, Asked question)
    {
        if (question.Topic.Count > 0 && (evidence.Reports.Count <= 2 || evidence.Groups.Count == 0)
            && Sentence(evidence, question, AnswerKind.Place, 0.8, 0.5) is { Text: not null } told)
        {
            return evidence.Reports[0].LocationText is { Length: < 40 } place && !told.Text.Contains(place, StringComparison.OrdinalIgnoreCase)
                ? told with { Text = Shorten.To($"At {place}: {told.Text}", AnswerComposer.MaxBullet) }
                : told;
        }

        return Groups(evidence, Places(evidence), "at", 0.8);
    }

    private static QuestionAnswer HowMany(Evidence evidence, Asked question)
    {
        if (evidence.Total is not { } total || total == 0)
            return question.Topic.Count > 0 ? Sentence(evidence, question, AnswerKind.Number, 0.65, 0) : None;
        return new QuestionAnswer(total == 1 ? "1 report" : $"{total} reports", 0.9, Ids(question.Topic.Count > 0 ? evidence.Counted : evidence.Reports), null);
    }

    private static QuestionAnswer Groups(
        Evidence evidence, IReadOnlyList<KeyValuePair<string, long>> groups, string before, double confidence, bool leastFirst = false)
    {
        if (groups.Count == 0)
            return None;
        var named = groups.OrderByDescending(group => leastFirst ? -group.Value : group.Value).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => groups.Count == 1 && group.Value == 1 ? group.Key : $"{group.Key} ({group.Value})").ToList();
        var text = $"{before} {AsManyAsFit(named)}".Trim();
        return new QuestionAnswer(Shorten.To(char.ToUpperInvariant(text[0]) + text[1..], AnswerComposer.MaxBullet), confidence, Ids(evidence.Reports), null);
    }

    private static string AsManyAsFit(IReadOnlyList<string> names)
    {
        var shown = names.Count;
        string Text() => string.Join(", ", names.Take(shown)) + (shown < names.Count ? $" and {names.Count - shown} more" : "");
        while (shown > 1 && Text().Length > AnswerComposer.MaxBullet - 10) shown--;
        return Text();
    }

    private static IReadOnlyList<KeyValuePair<string, long>> Places(Evidence evidence) => evidence.Groups.Count > 0
        ? evidence.Groups
        : [.. evidence.Reports.Select(report => report.LocationText).OfType<string>().GroupBy(place => place, StringComparer.OrdinalIgnoreCase)
            .Select(group => KeyValuePair.Create(group.Key, (long)group.Count()))];

    private static IReadOnlyList<KeyValuePair<string, long>> Kinds(Evidence evidence) => evidence.Groups.Count > 0
        ? evidence.Groups
        : [.. evidence.Reports.Select(report => report.Category).OfType<string>().CountBy(category => category)
            .Select(group => KeyValuePair.Create(group.Key, (long)group.Value))];

    /// <summary>What a report says of the time. When reports came in answers only what was asked about reports.</summary>
    private static QuestionAnswer When(Evidence evidence, Asked question)
    {
        var kind = question.Kind is AnswerKind.Duration ? AnswerKind.Duration : AnswerKind.Time;
        if (question.Topic.Count > 0 && !ReportWords().IsMatch(question.Form))
            return Sentence(evidence, question, kind, 0.75, 0);
        if (kind is AnswerKind.Duration)
            return None;
        var zone = LocalClock.Zone(question.TimeZone);
        var times = evidence.Reports.Select(report => TimeZoneInfo.ConvertTime(report.ReportedAt, zone)).Order().ToList();
        string Show(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var text = times.Count == 1
            ? $"Reported {Show(times[0])}"
            : $"{times.Count} reports between {Show(times[0])} and {Show(times[^1])}";
        return new QuestionAnswer(text, 0.7, Ids(evidence.Reports), null);
    }

    /// <summary>The sentence that answers best.</summary>
    /// <param name="ofKind">Confidence where it holds what was asked for.</param>
    /// <param name="otherwise">Confidence where it does not; 0 means that such a sentence is no answer.</param>
    private static QuestionAnswer Sentence(Evidence evidence, Asked question, AnswerKind kind, double ofKind, double otherwise)
    {
        if (AnswerSentence.Best(evidence, question, kind, AnswerComposer.MaxBullet) is not { } best)
            return None;
        var confidence = best.IsOfKind ? ofKind : otherwise;
        if (confidence == 0)
            return None;
        var others = evidence.Reports.Where(report => report != best.Report && report.Coverage >= best.Report.Coverage).Take(MostSources - 1);
        return new QuestionAnswer(best.Text, confidence * (0.6 + (0.4 * best.Report.Coverage)), [best.Report.Id, .. Ids([.. others])], best.Quote);
    }

    private static string[] Ids(IReadOnlyList<Evidence.Report> reports) => [.. reports.Take(MostSources).Select(report => report.Id)];

    [GeneratedRegex(@"\breport(?:s|ed|ing)?\b|\bnotif|\b(?:gemeldet|meldung|report[oó]|reportad|reporte|signal|segnal|relat)", RegexOptions.IgnoreCase)]
    private static partial Regex ReportWords();

    [GeneratedRegex(@"\bhow\s+many\s+(?:\w+\s+(?=\w+s\b))??(\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex HowManyOf();
}
