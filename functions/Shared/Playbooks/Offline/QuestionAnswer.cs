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
        if (evidence.Reports.Count == 0)
            return None;
        return agent switch
        {
            "how_many" => HowMany(evidence),
            "where" => Groups(evidence, Places(evidence), "at", 0.8),
            "what_kind" when question.Category is null => Groups(evidence, Kinds(evidence), "", 0.8),
            "which" when evidence.Groups.Count > 0 => Groups(evidence, evidence.Groups, "", 0.75),
            "when" => When(evidence, question.TimeZone),
            // What a report says of the matter may be its cause, though it has no "because": less sure.
            "why" => Sentence(evidence, question, Cause(), 0.75) is { Text: not null } cause ? cause : Sentence(evidence, question, null, 0.4),
            "who" => Sentence(evidence, question, Signature(), 0.7) is { Text: not null } name ? name : Sentence(evidence, question, Actor(), 0.6),
            "from_where" => Sentence(evidence, question, Origin(), 0.6),
            "how_much" => Sentence(evidence, question, Patterns.Quantity(), 0.65),
            "how" => Sentence(evidence, question, Manner(), 0.5),
            _ => Sentence(evidence, question, null, 0.65),
        };
    }

    private static QuestionAnswer HowMany(Evidence evidence)
    {
        if (evidence.Total is not { } total || total == 0)
            return None;
        return new QuestionAnswer(total == 1 ? "1 report" : $"{total} reports", 0.9, Ids(evidence.Reports), null);
    }

    private static QuestionAnswer Groups(Evidence evidence, IReadOnlyList<KeyValuePair<string, long>> groups, string before, double confidence)
    {
        if (groups.Count == 0)
            return None;
        var named = groups.OrderByDescending(group => group.Value).ThenBy(group => group.Key, StringComparer.Ordinal)
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

    private static QuestionAnswer When(Evidence evidence, string timeZone)
    {
        var zone = LocalClock.Zone(timeZone);
        var times = evidence.Reports.Select(report => TimeZoneInfo.ConvertTime(report.ReportedAt, zone)).Order().ToList();
        string Show(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var text = times.Count == 1
            ? $"Reported {Show(times[0])}"
            : $"{times.Count} reports between {Show(times[0])} and {Show(times[^1])}";
        return new QuestionAnswer(text, 0.7, Ids(evidence.Reports), null);
    }

    /// <summary>The sentence of a report that bears best on the question; only those of a pattern where one is given.</summary>
    private static QuestionAnswer Sentence(Evidence evidence, Asked question, Regex? pattern, double confidence)
    {
        var topic = question.Topic.Select(Stemmer.Stem).ToHashSet();
        var asked = Words.Of(question.Text).Where(word => !StopWords.Contains(word.Lower)).Select(word => word.Stem).ToHashSet();
        var best = evidence.Reports.Take(MostSources)
            .SelectMany((report, place) => Whole(Sentences.Of(report.Text)).Select(sentence => (report, sentence, place)))
            .Where(found => pattern is null || pattern.IsMatch(found.sentence))
            .Select(found => (found.report, found.sentence, score: Bearing(found.sentence, topic, asked) + (0.5 * found.report.Score) - (0.02 * found.place)))
            .OrderByDescending(found => found.score)
            .FirstOrDefault();
        if (best.sentence is null)
            return None;
        var others = evidence.Reports.Where(report => report != best.report && report.Coverage >= best.report.Coverage).Take(9);
        return new QuestionAnswer(
            Shorten.To(best.sentence, AnswerComposer.MaxBullet),
            confidence * (0.6 + (0.4 * best.report.Coverage)),
            [best.report.Id, .. Ids([.. others])],
            best.sentence.Length <= 300 ? best.sentence : null);
    }

    /// <summary>A sentence of a word or two says something only with the one before it.</summary>
    private static IEnumerable<string> Whole(IEnumerable<string> sentences)
    {
        var held = "";
        foreach (var sentence in sentences)
        {
            var isShort = Words.Of(sentence).Count(word => !StopWords.Contains(word.Lower)) < 3;
            if (held.Length > 0 && !isShort)
            {
                yield return held;
                held = sentence;
            }
            else
            {
                held = held.Length == 0 ? sentence : $"{held} {sentence}";
            }
        }

        if (held.Length > 0)
            yield return held;
    }

    /// <summary>The question's topic counts most; the words of its category and place count too.</summary>
    private static double Bearing(string sentence, HashSet<string> topic, HashSet<string> asked)
    {
        var words = Words.Of(sentence);
        var own = words.Count(word => !StopWords.Contains(word.Lower));
        var stems = words.Select(word => word.Stem).Distinct().ToList();
        return stems.Count(topic.Contains) + (0.5 * stems.Count(stem => asked.Contains(stem) && !topic.Contains(stem))) + Math.Min(0.5, 0.05 * own);
    }

    private static string[] Ids(IReadOnlyList<Evidence.Report> reports) => [.. reports.Take(MostSources).Select(report => report.Id)];

    /// <summary>A name with an address or a title.</summary>
    [GeneratedRegex(@"[\w.+-]+@[\w-]+\.\w+|\b(?:my name is|I am|signed|regards|sincerely|Mr|Mrs|Ms|Dr)\b\.?,?\s+[A-Z]")]
    private static partial Regex Signature();

    [GeneratedRegex(@"\b(?:because|due to|caused by|as a result of|thanks to|resulting from|the reason|owing to|so that|since (?:the|it|they|there|he"
        + @"|she|we)|after (?:the|a|an)|when (?:the|it) (?:rains?|snows?|storms?))\b", RegexOptions.IgnoreCase)]
    private static partial Regex Cause();

    [GeneratedRegex(
        @"\b(?:residents?|neighbou?rs?|drivers?|cars?\s+owners?|landlords?|tenants?|owners?|workers?|contractors?|crews?|kids|children|students?"
            + @"|pedestrians?|cyclists?|police|officers?|firefighters?|mayor|company|department|city|council|teenagers?|people|man|woman|men|women|men"
            + @"|boys?|girls?|tourists?|farmers?|families|elderly|seniors?|commuters?|Mr\.?|Mrs\.?|Ms\.?)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Actor();

    [GeneratedRegex(@"\b(?:coming|comes|came|leaking|spilling|running|flowing|smell|noise|smoke|water|originat\w+|drain\w+)\b.*\bfrom\b|\bfrom (?:the|a"
        + @"|an|their|his|her|our)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Origin();

    [GeneratedRegex(@"\b(?:by \w+ing|with|using|through|via|without|like|in (?:the|a) \w+ (?:way|manner)|\w{3,}ly)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Manner();
}
