using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Agents;
using DomainFlow.Playbooks.Places;
using DomainFlow.Playbooks.Times;

namespace DomainFlow.Playbooks.Questions;

/// <summary>The filters that a question holds in plain words, read with the domain's own categories and places.</summary>
/// <param name="Categories">Ids; a report has one of them. Empty where any will do.</param>
/// <param name="NotCategories">Ids of those that are left out.</param>
/// <param name="Place">The place's words as they stand in the question: reports near it.</param>
/// <param name="Streets">Names of streets: reports whose address is on one of them.</param>
/// <param name="WorkStatuses">pending, in_progress, resolved, closed; a report has one of them.</param>
/// <param name="HasPhotos">Only reports with, or only those without.</param>
/// <param name="Order"><c>oldest</c> or <c>latest</c> where the question is about that report.</param>
/// <param name="Topic">The words that are left, in lower case: what the question is about beside its filters.</param>
/// <param name="TopicQuery">The same as a query of words, with the question's own "or" between them.</param>
/// <param name="NotUnderstood">Parts of the question that no filter stands for; the answer says so.</param>
/// <param name="AskedAs">The question whose question words hold: an earlier one where a follow-up has none of its own.</param>
public sealed record QuestionFilters(
    IReadOnlyList<string> Categories,
    IReadOnlyList<string> NotCategories,
    DateTimeOffset? From,
    DateTimeOffset? To,
    string? Place,
    IReadOnlyList<string> Streets,
    IReadOnlyList<string> WorkStatuses,
    string? Urgency,
    bool? HasPhotos,
    string? Order,
    IReadOnlyList<string> Topic,
    string TopicQuery,
    IReadOnlyList<string> NotUnderstood,
    string AskedAs)
{
    /// <summary>Questions of the session before this one that a follow-up may go back to.</summary>
    private const int MostQuestionsBack = 3;

    /// <summary>Reads a question. A follow-up ("and last week?", "how many of those are open?") takes what it does not say itself from the
    /// user's questions before.</summary>
    public static QuestionFilters Parse(
        string question, DateTimeOffset askedAt, DomainConfiguration domain, Gazetteer places, IReadOnlyList<PastMessage>? history = null)
    {
        var before = (history ?? []).Where(past => past.Role == "user").Select(past => past.Content).TakeLast(MostQuestionsBack).ToList();
        return Parse(question, before);

        QuestionFilters Parse(string text, List<string> earlier)
        {
            var own = new QuestionReader(text, askedAt, domain, places).Read();
            return earlier.Count > 0 && QuestionWords.IsFollowUp(text)
                ? own.Following(Parse(earlier[^1], earlier[..^1]), QuestionWords.PointsBack(text), QuestionSides.Asks(QuestionWords.WithoutContinuation(text), domain.Language))
                : own;
        }
    }

    /// <summary>As the arguments of the tools; only what is set, several values of one separated by commas.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject();
        void Set(string key, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                json[key] = value;
        }

        Set("category", string.Join(',', Categories));
        Set("not_category", string.Join(',', NotCategories));
        Set("from", From is { } from ? Iso.Utc(from) : null);
        Set("to", To is { } to ? Iso.Utc(to) : null);
        Set("place", Place);
        Set("street", string.Join(',', Streets));
        Set("work_status", string.Join(',', WorkStatuses));
        Set("urgency", Urgency);
        Set("photos", HasPhotos is { } has ? has ? "with" : "without" : null);
        return json;
    }

    /// <summary>The filters in a few plain words, such as <c>category pothole, on Main Street</c>.</summary>
    public string Describe(string timeZone)
    {
        var zone = LocalClock.Zone(timeZone);
        string Date(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, zone).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        string? Any(string before, IReadOnlyList<string> values) => values.Count == 0 ? null : $"{before} {string.Join(" or ", values)}";
        string?[] parts =
        [
            Any("category", Categories),
            Any("not category", NotCategories),
            Any("on", Streets),
            Place is null ? null : $"near {Place}",
            Any("status", WorkStatuses),
            Urgency is null ? null : $"urgency {Urgency}",
            HasPhotos is { } has ? has ? "with photos" : "without photos" : null,
            From is { } from ? $"from {Date(from)}" : null,
            To is { } to ? $"until {Date(to.AddTicks(-1))}" : null,
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    /// <param name="pointsBack">Whether it speaks of the very things that were asked about ("those"), so that its own words narrow them.</param>
    /// <param name="asks">Whether it has question words of its own.</param>
    private QuestionFilters Following(QuestionFilters before, bool pointsBack, bool asks)
    {
        var keepsSubject = pointsBack || Topic.Count == 0;
        var isPlaced = Place is not null || Streets.Count > 0;
        var isTimed = From is not null || To is not null;
        return new QuestionFilters(
            Categories.Count == 0 && NotCategories.Count == 0 && keepsSubject ? before.Categories : Categories,
            Categories.Count == 0 && NotCategories.Count == 0 && keepsSubject ? before.NotCategories : NotCategories,
            isTimed ? From : before.From,
            isTimed ? To : before.To,
            isPlaced ? Place : before.Place,
            isPlaced ? Streets : before.Streets,
            WorkStatuses.Count > 0 ? WorkStatuses : before.WorkStatuses,
            Urgency ?? before.Urgency,
            HasPhotos ?? before.HasPhotos,
            Order,
            pointsBack ? [.. before.Topic.Union(Topic)] : Topic.Count > 0 || Categories.Count > 0 ? Topic : before.Topic,
            pointsBack ? $"{before.TopicQuery} {TopicQuery}".Trim() : Topic.Count > 0 || Categories.Count > 0 ? TopicQuery : before.TopicQuery,
            NotUnderstood,
            asks ? AskedAs : before.AskedAs);
    }
}
