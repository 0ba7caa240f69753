namespace DomainFlow.Playbooks.Times;

/// <summary>Tells a time that is not the event's by the words beside it: a birth, a deadline, opening hours, a wish.</summary>
internal static class Roles
{
    /// <summary>Words before a time that may say what it is the time of.</summary>
    private const int Reach = 8;

    /// <summary>A birth or a purchase lies further back than what is reported.</summary>
    private static readonly TimeSpan LongAgo = TimeSpan.FromDays(300);

    public static TimeRole Of(PhraseReader reader, int first, int end, bool hasDay, bool isBareDay, TimeMention mention)
    {
        var reference = reader.Clock.Reference;
        // "the truck went by last night" names no deadline.
        var isPast = IsPast(reader, first);
        if (!isPast && IsDeadline(reader, first))
            return TimeRole.Other;
        var from = first;
        while (from > 0 && first - from < Reach && !reader.Tokens.StartsSentence(from))
            from--;
        if (reference - mention.From > LongAgo && (Has(reader, from, first, Term.Biography) || Has(reader, end, SentenceEnd(reader, end), Term.Biography)))
            return TimeRole.Other;
        if (!hasDay && (Has(reader, from, first, Term.Hours) || Has(reader, end, Math.Min(end + 3, reader.Tokens.Count), Term.Hours)))
            return TimeRole.Other;
        var open = isBareDay || mention.From > reference || mention.To > reference;
        return open && Has(reader, from, first, Term.Wish) && !Has(reader, from, first, Term.Begin) ? TimeRole.Other : TimeRole.Event;
    }

    /// <summary>"by Friday", "before Monday", "bis Freitag", "until the 5th"; "from ... until" is joined before.</summary>
    private static bool IsDeadline(PhraseReader reader, int first)
    {
        for (var back = 1; back <= 4 && first - back >= 0; back++)
        {
            var at = first - back;
            foreach (var term in (ReadOnlySpan<Term>)[Term.By, Term.Before, Term.Until])
            {
                var i = at;
                if (!reader.Take(ref i, term))
                    continue;
                reader.Skip(ref i, Term.Article, Term.On, Term.About);
                if (i >= first)
                    return true;
            }
        }

        return false;
    }

    private static bool IsPast(PhraseReader reader, int at) =>
        (reader.Take(ref at, Term.Day, out var days) && days < 0) || (reader.Take(ref at, Term.PartOfDay, out var part) && part >= 100);

    private static int SentenceEnd(PhraseReader reader, int at)
    {
        var end = at;
        while (end < reader.Tokens.Count && end - at < Reach && !reader.Tokens.StartsSentence(end))
            end++;
        return end;
    }

    private static bool Has(PhraseReader reader, int from, int to, Term term)
    {
        for (var at = Math.Max(0, from); at < to; at++)
        {
            if (reader.Is(at, term))
                return true;
        }

        return false;
    }
}
