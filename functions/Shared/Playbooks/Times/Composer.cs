namespace DomainFlow.Playbooks.Times;

/// <summary>Joins atoms that stand beside each other, and tells what moments they mean.</summary>
internal sealed class Composer(PhraseReader reader)
{
    /// <summary>Tokens between two parts of one time.</summary>
    private const int Glue = 4;

    /// <summary>Characters between a day and a clock time later in its sentence.</summary>
    private const int Nearby = 25;

    /// <summary>Tokens before a date in which "will be" says that it is ahead.</summary>
    private const int Announcement = 16;

    private readonly TextTokens tokens = reader.Tokens;
    private readonly LocalClock clock = reader.Clock;

    public List<TimeMention> Mentions(List<Atom> atoms)
    {
        var groups = Groups(atoms);
        Follow(groups);
        Extend(groups);
        return [.. groups.Select(Mention).OfType<TimeMention>()];
    }

    private List<AtomGroup> Groups(List<Atom> atoms)
    {
        var groups = new List<AtomGroup>();
        foreach (var atom in atoms)
        {
            if (groups.Count == 0 || !IsGlue(groups[^1].End, atom.First) || !groups[^1].TryAdd(atom, clock.Today))
                groups.Add(new AtomGroup(atom));
        }

        return groups;
    }

    private bool IsGlue(int from, int to)
    {
        if (to - from > Glue)
            return false;
        for (var at = from; at < to;)
        {
            if (tokens[at].NewLine)
                return false;
            var next = at;
            reader.Skip(ref next, Term.At, Term.AtHour, Term.About, Term.On, Term.In, Term.Of, Term.Article, Term.Early, Term.Late, Term.From, Term.Between,
                Term.By);
            if (next == at && !(tokens.Sign(at) is ',' or '-' or '~' or '@' || (tokens.IsWord(at) && tokens.Key(at) is "t")))
                return false;
            at = Math.Max(next, at + 1);
        }

        return to == from || !tokens[to].NewLine;
    }

    /// <summary>"Today it came at 6 pm": a clock time a few words later in the same sentence.</summary>
    private void Follow(List<AtomGroup> groups)
    {
        for (var i = 0; i + 1 < groups.Count; i++)
        {
            var (day, time) = (groups[i], groups[i + 1]);
            if (day.Day is not { IsOne: true } || day.Clock is not null || day.Part is Part.Night || day.Recurring || !time.HasClockOnly
                || tokens[time.First].Start - tokens[day.End - 1].End >= Nearby || HasSentenceEnd(day.End, time.First))
                continue;
            day.Follow(time);
            groups[i + 1] = day;
            groups[i] = new AtomGroup(new Atom(day.First, day.First));
        }

        groups.RemoveAll(group => group.First == group.End);
    }

    private bool HasSentenceEnd(int from, int to)
    {
        for (var at = from; at <= to; at++)
        {
            if (tokens.StartsSentence(at))
                return true;
        }

        return false;
    }

    /// <summary>"between Nov 1 and Nov 10", "from Monday to Wednesday".</summary>
    private void Extend(List<AtomGroup> groups)
    {
        for (var i = groups.Count - 2; i >= 0; i--)
        {
            var at = groups[i].End;
            var joined = reader.Take(ref at, '-') || reader.Take(ref at, Term.To)
                || (reader.Take(ref at, Term.And) && reader.Follows(groups[i].First, Term.Between, Term.From));
            if (!joined || groups[i].Moment is not null || groups[i + 1].Moment is not null)
                continue;
            reader.Skip(ref at, Term.Article, Term.On, Term.AtHour);
            if (at == groups[i + 1].First && groups[i].TryExtend(groups[i + 1]))
                groups.RemoveAt(i + 1);
        }
    }

    private TimeMention? Mention(AtomGroup group)
    {
        if (group.Moment is { } moment)
            return moment with { Role = Roles.Of(reader, group.First, group.End, true, false, moment) };
        if (group.Day is null && group.Clock is not { Bare: false } && group.Part is not (Part.Noon or Part.Midnight) && (group.Clock is null || group.Part is null))
            return null;
        var bare = group.Weekday is not null && group.Clock is null;
        if (group.Day is not null && IsAnnounced(group.First))
            Announce(group);
        var mention = group.Day is { } day ? OfDay(group, day) : Alone(group);
        mention = Since(mention, group.First);
        bare |= reader.Is(group.First, Term.Day) || reader.Is(group.First, Term.PartOfDay);
        return mention with { Role = group.Recurring ? TimeRole.Other : Roles.Of(reader, group.First, group.End, group.Day is not null, bare, mention) };
    }

    private TimeMention OfDay(AtomGroup group, DaySpan day)
    {
        if (group.RangeEnd is { } end)
        {
            var begin = group.Clock is { } time ? clock.At(day.From, time.From) : clock.At(day.From, TimeSpan.Zero);
            return Words(group.First, group.End, begin, clock.At(end, TimeSpan.Zero), day.Confidence) with
            {
                Typical = group.Clock is null ? clock.At(day.From, day.IsOne ? TimeSpan.FromHours(12) : TimeSpan.Zero) : begin,
            };
        }

        if (!day.IsOne || (group.Part is null && group.Clock is null))
            return Words(group.DayTokens.First, group.DayTokens.End, clock.At(day.From, TimeSpan.Zero), clock.At(day.To, TimeSpan.Zero), day.Confidence) with
            {
                Typical = Middle(day),
            };
        var (from, to, typical) = Hours(group, day.From);
        return Words(group.First, group.End, from, to, Math.Min(0.98, day.Confidence + 0.03)) with { Typical = typical };
    }

    private TimeMention Alone(AtomGroup group)
    {
        var (from, to, typical) = Hours(group, clock.Today);
        if (from > clock.Reference && group.Clock?.Offset is null)
            (from, to, typical) = Hours(group, clock.Today.AddDays(-1));
        return Words(group.First, group.End, from, to, group.Part is null ? 0.7 : 0.85) with { Typical = typical };
    }

    private (DateTimeOffset From, DateTimeOffset To, DateTimeOffset Typical) Hours(AtomGroup group, DateOnly day)
    {
        if (group.Clock is not { } time)
        {
            var part = group.Part!.Value;
            var (begin, finish) = PartHours.Of(part);
            return (clock.At(day, begin), clock.At(day, finish), clock.At(day, PartHours.Typical(part)));
        }

        var from = Shifted(time, group.Part, group.Day is not null);
        if (time.Offset is { } offset)
        {
            var moment = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), offset).Add(from).ToUniversalTime();
            return (moment, moment, moment);
        }

        var start = clock.At(day, from);
        return (start, clock.At(day, from + (time.To - time.From)), start);
    }

    /// <summary>"8 in the evening" is 20:00, and the small hours of a night belong to the next day.</summary>
    private static TimeSpan Shifted(ClockSpan time, Part? part, bool hasDay)
    {
        var hour = time.From.TotalHours;
        return part switch
        {
            Part.Afternoon or Part.Evening when !time.Sure && hour is >= 1 and < 12 => time.From + TimeSpan.FromHours(12),
            Part.Night when !time.Sure && hour is >= 6 and < 12 => time.From + TimeSpan.FromHours(12),
            Part.Night when hour < 7 && hasDay => time.From + TimeSpan.FromDays(1),
            Part.Night when !time.Sure && hour is >= 12 and < 13 => time.From + TimeSpan.FromHours(hasDay ? 12 : -12),
            Part.Morning or Part.SmallHours when !time.Sure && hour is >= 12 and < 13 => time.From - TimeSpan.FromHours(12),
            _ => time.From,
        };
    }

    /// <summary>Of days that are still going on, the middle of those that were.</summary>
    private DateTimeOffset Middle(DaySpan day)
    {
        var last = !day.IsOne && day.From <= clock.Today && clock.Today < day.To ? clock.Today : day.To;
        return clock.At(day.From.AddDays((last.DayNumber - day.From.DayNumber) / 2), day.IsOne ? TimeSpan.FromHours(12) : TimeSpan.Zero);
    }

    private bool IsAnnounced(int first)
    {
        for (var at = first - 1; at >= 0 && first - at <= Announcement && !tokens.StartsSentence(at + 1); at--)
        {
            if (reader.Is(at, Term.Announced))
                return true;
            if (reader.Is(at, Term.Since))
                return false;
        }

        return false;
    }

    private void Announce(AtomGroup group)
    {
        if (group.Yearless is var (month, day))
            group.Day = Calendar.Ahead(month, day, clock.Today, 0.85) ?? group.Day;
        else if (group.Weekday is { } weekday)
            group.Day = DaySpan.One(clock.Today.AddDays(((int)weekday - (int)clock.Today.DayOfWeek + 7) % 7), 0.8);
    }

    /// <summary>"since Monday" reaches up to the reference.</summary>
    private TimeMention Since(TimeMention mention, int first)
    {
        if (mention.From > clock.Reference)
            return mention;
        for (var at = first - 1; at >= 0 && first - at <= Glue; at--)
        {
            var i = at;
            if (!reader.Take(ref i, Term.Since))
                continue;
            reader.Skip(ref i, Term.About, Term.On, Term.Article, Term.Of, Term.At, Term.AtHour);
            // The time's own words may begin with an article.
            if (i < first)
                continue;
            // "ever since" and "schon seit" are longer than their last word.
            for (var longer = at - 1; longer >= 0 && at - longer <= 2; longer--)
            {
                var j = longer;
                if (reader.Take(ref j, Term.Since) && j >= at + 1)
                    at = longer;
            }

            var start = tokens[at].Start;
            return mention with { Start = start, Text = tokens.Text[start..mention.End], To = clock.Reference };
        }

        return mention;
    }

    private TimeMention Words(int first, int end, DateTimeOffset from, DateTimeOffset to, double confidence)
    {
        reader.Skip(ref first, Term.About, Term.AtHour);
        var start = tokens[first].Start;
        return new TimeMention(start, tokens.Text[start..tokens[end - 1].End], from, to, confidence);
    }
}
