using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Agents;
using DomainFlow.Playbooks.Language;
using DomainFlow.Playbooks.Places;
using DomainFlow.Playbooks.Times;

namespace DomainFlow.Playbooks.Questions;

/// <summary>The filters that a question holds in plain words, read with the domain's own categories and places.</summary>
/// <param name="Place">The place's words as they stand in the question.</param>
/// <param name="Topic">The words that are left, in lower case: what the question is about beside its filters.</param>
public sealed partial record QuestionFilters(
    string? Category,
    DateTimeOffset? From,
    DateTimeOffset? To,
    string? Place,
    string? WorkStatus,
    string? Urgency,
    IReadOnlyList<string> Topic)
{
    /// <summary>Reads a question. A follow-up ("and last week?") takes what it does not say itself from the user's question before.</summary>
    public static QuestionFilters Parse(
        string question, DateTimeOffset askedAt, DomainConfiguration domain, Gazetteer places, IReadOnlyList<PastMessage>? history = null)
    {
        var own = Read(question, askedAt, domain, places);
        if (!FollowUp().IsMatch(question) || history?.LastOrDefault(past => past.Role == "user") is not { } last)
            return own;
        var before = Read(last.Content, askedAt, domain, places);
        return new QuestionFilters(
            own.Category ?? (own.Topic.Count == 0 ? before.Category : null),
            own.From ?? (own.To is null ? before.From : null),
            own.To ?? (own.From is null ? before.To : null),
            own.Place ?? before.Place,
            own.WorkStatus ?? before.WorkStatus,
            own.Urgency ?? before.Urgency,
            own.Topic.Count > 0 ? own.Topic : before.Topic);
    }

    /// <summary>Whether it limits anything.</summary>
    public bool IsEmpty => Category is null && From is null && To is null && Place is null && WorkStatus is null && Urgency is null;

    /// <summary>As the arguments of the tools: category, from, to, place, work_status, urgency; only what is set.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject();
        void Set(string key, string? value)
        {
            if (value is not null)
                json[key] = value;
        }

        Set("category", Category);
        Set("from", From is { } from ? Iso.Utc(from) : null);
        Set("to", To is { } to ? Iso.Utc(to) : null);
        Set("place", Place);
        Set("work_status", WorkStatus);
        Set("urgency", Urgency);
        return json;
    }

    /// <summary>The filters in a few plain words, such as <c>category pothole, near Main Street</c>.</summary>
    public string Describe(string timeZone)
    {
        var zone = LocalClock.Zone(timeZone);
        string Date(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, zone).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        string?[] parts =
        [
            Category is null ? null : $"category {Category}",
            Place is null ? null : $"near {Place}",
            WorkStatus is null ? null : $"status {WorkStatus}",
            Urgency is null ? null : $"urgency {Urgency}",
            From is { } from ? $"from {Date(from)}" : null,
            To is { } to ? $"until {Date(to.AddTicks(-1))}" : null,
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    private static QuestionFilters Read(string question, DateTimeOffset askedAt, DomainConfiguration domain, Gazetteer places)
    {
        var used = new List<(int Start, int End)>();
        var (from, to) = Range(question, TimeExpressions.Find(question, askedAt, domain.TimeZone, domain.Language, CancellationToken.None), used);
        var place = places.Find(question, 1)
            .FirstOrDefault(match => match.Score > 0.3 && !used.Exists(span => match.Start < span.End && span.Start < match.End));
        if (place is not null)
            used.Add((place.Start, place.End));
        var status = Take(question, Status(), used);
        var urgency = Take(question, UrgencyWords(), used);
        var words = Words.Of(question).Where(word => !used.Exists(span => word.Start < span.End && span.Start < word.End)).ToList();
        var category = CategoryWords.Named(words, domain.Categories);
        return new QuestionFilters(
            category?.Id,
            from,
            to,
            place?.Text,
            status is null ? null : StatusId(status.ToLowerInvariant()),
            urgency is null ? null : UrgencyId(urgency.ToLowerInvariant()),
            [.. words.Where(word => !StopWords.Contains(word.Lower) && !Generic.Contains(word.Stem)
                && (category is null || !CategoryWords.Speaks(word.Stem, category))).DistinctBy(word => word.Stem).Select(word => word.Lower)]);
    }

    private static (DateTimeOffset? From, DateTimeOffset? To) Range(string question, IReadOnlyList<TimeMention> mentions, List<(int, int)> used)
    {
        foreach (var mention in mentions)
            used.Add((mention.Start, mention.End));
        if (mentions.Count == 0)
            return (null, null);
        var first = mentions[0];
        var before = question[..first.Start].TrimEnd();
        if (mentions.Count > 1 && Between().IsMatch(question[first.End..mentions[1].Start]))
            return (first.From, mentions[1].To == mentions[1].From ? mentions[1].From : mentions[1].To);
        if (Before().IsMatch(before))
            return (null, first.From);
        if (After().IsMatch(before))
            return (first.To, null);
        return first.To > first.From ? (first.From, first.To) : (first.From, first.From.AddHours(1));
    }

    private static string? Take(string question, Regex pattern, List<(int, int)> used)
    {
        if (pattern.Match(question) is not { Success: true } match)
            return null;
        used.Add((match.Index, match.Index + match.Length));
        return match.Value;
    }

    private static string StatusId(string words) => words switch
    {
        "in progress" or "being worked on" or "underway" or "under way" => "in_progress",
        "resolved" or "fixed" or "solved" or "repaired" or "done" or "completed" => "resolved",
        "closed" => "closed",
        _ => "pending",
    };

    private static string UrgencyId(string words) => words switch
    {
        "critical" or "life-threatening" => "critical",
        "low urgency" or "low priority" or "minor" => "low",
        "medium urgency" or "medium priority" => "medium",
        _ => "high",
    };

    private static readonly HashSet<string> Generic =
        [.. ("report reports reported reporting complaint complaints complain issue issues case cases incident incidents problem problems ticket tickets"
            + " request requests people "
            + "person citizen citizens resident residents happen happened happening happens tell show list give find know information kind kinds type"
            + " types sort sorts number count "
            + "total many area areas place places location locations common often most urgent urgency status category categories main cause causes"
            + " caused reason reasons time times "
            + "seen see saw found find noticed spotted located occur occurred occurring affected came street streets road roads "
            + "day days week weeks month months year years mention mentions mentioned city town summary summarize summarise overview latest recent"
            + " recently different").Split(' ').Select(Stemmer.Stem)];

    [GeneratedRegex(@"^\s*(?:and|what about|how about|same|also|only|but|ok(?:ay)?,? and)\b", RegexOptions.IgnoreCase)]
    private static partial Regex FollowUp();

    [GeneratedRegex(@"^\s*(?:and|to|until|till|through|[-–])\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Between();

    [GeneratedRegex(@"\b(?:before|until|till|up to|prior to)$", RegexOptions.IgnoreCase)]
    private static partial Regex Before();

    [GeneratedRegex(@"\b(?:after|later than)$", RegexOptions.IgnoreCase)]
    private static partial Regex After();

    [GeneratedRegex(
        @"\b(?:pending|unresolved|unsolved|not (?:yet )?(?:fixed|resolved|solved|repaired)|still open|open(?=\s+(?:reports?|issues?|cases?|complaints?"
            + @"|tickets?|requests?))|outstanding|in progress|being worked on|under ?way|resolved|fixed|solved|repaired|closed)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Status();

    [GeneratedRegex(@"\b(?:critical|life-threatening|(?:high|low|medium) (?:urgency|priority)|high-priority|urgent)\b", RegexOptions.IgnoreCase)]
    private static partial Regex UrgencyWords();
}
