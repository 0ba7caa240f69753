using System.Text.RegularExpressions;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Language;
using DomainFlow.Playbooks.Offline;
using DomainFlow.Playbooks.Places;
using DomainFlow.Playbooks.Times;

namespace DomainFlow.Playbooks.Questions;

/// <summary>Reads one question, without those before it.</summary>
internal sealed class QuestionReader(string question, DateTimeOffset askedAt, DomainConfiguration domain, Gazetteer places)
{
    private const double LeastPlaceScore = 0.3;
    private const int MostPlaces = 8;

    /// <summary>Topic words that are searched for, and states that are read.</summary>
    private const int MostTopic = 40;

    private readonly List<Word> words = Words.Of(question);
    private readonly List<Span> used = [];
    private readonly List<string> notUnderstood = [];
    private string? language;
    private readonly CategoryMentions mentions = new(domain.Categories);

    private string Language => language ??= FunctionWords.LanguageOf(words, domain.Language);

    private sealed record Span(int Start, int End, string Kind);

    public QuestionFilters Read()
    {
        var (from, to) = Range();
        var (place, streets) = Where();
        var photos = Photos();
        var statuses = Statuses();
        var urgency = Take(QuestionWords.UrgencyPhrase(), "urgency") is { } phrase ? QuestionWords.UrgencyId(phrase) : null;
        var order = QuestionWords.OrderPhrase().Match(question) is { Success: true } match ? match.Groups["oldest"].Success ? "oldest" : "latest" : null;
        var (categories, not) = Categories();
        var topic = Topic();
        NoteMixedOr(topic);
        return new QuestionFilters(categories, not, from, to, place, streets, statuses, urgency, photos, order,
            [.. topic.Select(word => word.Lower)], TopicQuery(topic), notUnderstood, question);
    }

    private (DateTimeOffset? From, DateTimeOffset? To) Range()
    {
        var periods = QuestionPeriods.Find(question, askedAt, domain.TimeZone);
        var spans = TimeExpressions.Find(question, askedAt, domain.TimeZone, domain.Language, CancellationToken.None)
            .Where(mention => !periods.Any(period => mention.Start < period.End && period.Start < mention.End))
            .Select(mention => new QuestionPeriods.Period(mention.Start, mention.End, mention.From, mention.To))
            .Concat(periods).OrderBy(span => span.Start).ToList();
        used.AddRange(spans.Select(span => new Span(span.Start, span.End, "time")));
        if (spans.Count == 0)
            return (null, null);
        var first = spans[0];
        var before = question[..first.Start];
        if (IsNegated(first.Start, first.End))
            return (null, null);
        if (spans.Count > 1 && QuestionWords.IsRange(question[first.End..spans[1].Start]))
            return (first.From, spans[1].To == spans[1].From ? spans[1].From : spans[1].To);
        if (QuestionWords.IsBefore(before))
            return (null, first.From);
        if (QuestionWords.IsAfter(before))
            return (first.To, null);
        if (QuestionWords.IsSince(before))
            return (first.From, null);
        return first.To > first.From ? (first.From, first.To) : (first.From, first.From.AddHours(1));
    }

    /// <summary>A street is meant itself unless the question says "near"; any other place is the middle of a circle.</summary>
    private (string? Place, IReadOnlyList<string> Streets) Where()
    {
        var named = places.Find(question, MostPlaces).Where(match => match.Score > LeastPlaceScore && IsFree(match.Start, match.End)).OrderBy(match => match.Start).ToList();
        var streets = new List<string>();
        PlaceMatch? last = null;
        foreach (var match in named)
        {
            if (last is not null && (streets.Count == 0 || !QuestionWords.IsJoined(question[last.End..match.Start])))
            {
                notUnderstood.Add(match.Text);
                used.Add(new Span(match.Start, match.End, "place"));
                continue;
            }

            used.Add(new Span(match.Start, match.End, "place"));
            if (IsNegated(match.Start, match.End))
                continue;
            last = match;
            if (!IsStreet(match) || QuestionWords.IsNear(question[..match.Start]))
                return (match.Text, []);
            streets.Add(match.Name);
        }

        return (null, [.. streets.Distinct()]);
    }

    private static bool IsStreet(PlaceMatch match) => match.HouseNumber is null && match.Kind != Crossings.Kind
        && (match.Kind is "street" or "road" || (NameKey.Of(match.Name) is [.., var last] && NameKey.IsStreetWord(last)));

    private bool? Photos()
    {
        if (QuestionWords.Photos().Match(question) is not { Success: true } match)
            return null;
        used.Add(new Span(match.Index, match.Index + match.Length, "photos"));
        var isNegated = QuestionWords.NegationBefore(question, match.Index) is not null;
        return match.Groups["with"].Success != isNegated;
    }

    private IReadOnlyList<string> Statuses()
    {
        var found = new List<string>();
        foreach (var match in QuestionWords.Status().Matches(question).Take(MostTopic))
        {
            // "An open manhole" is not a report that is open.
            if (!IsFree(match.Index, match.Index + match.Length) || (match.Groups["open"].Success && DescribesAThing(match.Index + match.Length)))
                continue;
            var isNegated = QuestionWords.NegationBefore(question, match.Index) is not null;
            used.Add(new Span(NegatedFrom(match.Index), match.Index + match.Length, "status"));
            var ids = QuestionWords.StatusIds(match.Value.ToLowerInvariant());
            found.AddRange(isNegated ? new[] { "pending", "in_progress", "resolved", "closed" }.Except(ids) : ids);
        }

        return [.. found.Distinct()];
    }

    private bool DescribesAThing(int end)
    {
        var next = words.FindIndex(word => word.Start >= end);
        return next >= 0 && question.AsSpan(end, words[next].Start - end).Trim().IsEmpty && !StopWords.Contains(words[next].Lower) && !QuestionWords.IsGeneric(words[next])
            && mentions.Find(words.GetRange(next, Math.Min(CategoryMentions.MaxWords, words.Count - next)), Language) is not [{ First: 0 }, ..]
            && !FunctionWords.Contains(words[next].Lower, Language);
    }

    private (IReadOnlyList<string> Categories, IReadOnlyList<string> Not) Categories()
    {
        var free = words.FindAll(word => IsFree(word.Start, word.End));
        var named = mentions.Find(free, Language);
        int Start(CategoryMentions.Mention mention) => free[mention.First].Start;
        int End(CategoryMentions.Mention mention) => free[mention.Last].End;
        var left = named.ToLookup(mention => QuestionWords.NegationBefore(question, Start(mention)) is not null);
        var (no, yes) = (left[true].ToList(), left[false].ToList());
        // What is joined to something left out is left out too: "other than potholes or graffiti".
        foreach (var next in yes.Where(mention => no.Exists(other => End(other) < Start(mention) && QuestionWords.IsJoined(question[End(other)..Start(mention)]))).ToList())
        {
            no.Add(next);
            yes.Remove(next);
        }

        var distinct = yes.Select(mention => mention.Category).Distinct().ToList();
        if (distinct.Count > 1 && !yes.Zip(yes.Skip(1)).All(pair => QuestionWords.IsJoined(question[End(pair.First)..Start(pair.Second)])))
        {
            // Words that speak for several: the one that is named clearly, or none.
            var clear = CategoryWords.Named(free, distinct);
            yes = yes.FindAll(mention => mention.Category == clear);
        }

        used.AddRange(yes.Concat(no).Select(mention => new Span(NegatedFrom(Start(mention)), End(mention), "category")));
        return ([.. yes.Select(mention => mention.Category.Id).Distinct()], [.. no.Select(mention => mention.Category.Id).Distinct()]);
    }

    private List<Word> Topic()
    {
        var topic = new List<Word>();
        foreach (var word in words.Where(word => IsFree(word.Start, word.End) && !StopWords.Contains(word.Lower) && !FunctionWords.Contains(word.Lower, Language)
            && !QuestionWords.IsGeneric(word)).DistinctBy(word => word.Stem).Take(MostTopic))
        {
            if (QuestionWords.NegationBefore(question, word.Start) is { } start && !question[start..].StartsWith("without", StringComparison.OrdinalIgnoreCase))
                notUnderstood.Add(question[start..word.End]);
            else
                topic.Add(word);
        }

        return topic;
    }

    private string TopicQuery(List<Word> topic) => string.Join(' ', topic.Select((word, place) =>
        place > 0 && QuestionWords.IsOr(question[topic[place - 1].End..word.Start]) && used.TrueForAll(span => span.Start < topic[place - 1].End || span.Start > word.Start)
            ? $"or {word.Lower}"
            : word.Lower));

    /// <summary>"On Mill Street or about noise": two filters hold at once, never either.</summary>
    private void NoteMixedOr(List<Word> topic)
    {
        var spans = used.Concat(topic.Select(word => new Span(word.Start, word.End, "topic"))).OrderBy(span => span.Start).ToList();
        foreach (var (one, next) in spans.Zip(spans.Skip(1)))
        {
            if (one.Kind != next.Kind && one.End <= next.Start && QuestionWords.IsOr(question[one.End..next.Start]))
                notUnderstood.Add(question[one.Start..next.End]);
        }
    }

    private string? Take(Regex pattern, string kind)
    {
        if (pattern.Match(question) is not { Success: true } match || IsNegated(match.Index, match.Index + match.Length))
            return null;
        used.Add(new Span(match.Index, match.Index + match.Length, kind));
        return match.Value.ToLowerInvariant();
    }

    /// <summary>Where the negation before a position begins, else the position.</summary>
    private int NegatedFrom(int start) => QuestionWords.NegationBefore(question, start) ?? start;

    /// <summary>Notes what is left out and cannot be.</summary>
    private bool IsNegated(int start, int end)
    {
        if (QuestionWords.NegationBefore(question, start) is not { } at)
            return false;
        notUnderstood.Add(question[at..end]);
        used.Add(new Span(at, end, "negated"));
        return true;
    }

    private bool IsFree(int start, int end) => !used.Exists(span => start < span.End && span.Start < end);
}
