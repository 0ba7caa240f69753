namespace DomainFlow.Playbooks.Times;

/// <summary>Times that count back from the reference: "two hours ago", "vor drei Tagen", "for three days", "in the last 24 hours", "just now".</summary>
internal static class Durations
{
    public static Atom? Read(PhraseReader reader, int at)
    {
        var i = at;
        if (reader.Take(ref i, Term.JustNow))
            return Of(reader, at, i, reader.Clock.Reference, reader.Clock.Reference, 0.8);
        if (reader.Take(ref i, Term.Now))
            return Of(reader, at, i, reader.Clock.Reference, reader.Clock.Reference, 0.3);
        return Longer(Longer(Lasting(reader, at), InLast(reader, at)), Ago(reader, at));
    }

    /// <summary>"3 days ago", "vor 3 Tagen", "hace 3 días", as days back where the unit is a day or more.</summary>
    public static bool Back(PhraseReader reader, ref int at, out double count, out Unit unit)
    {
        var i = at;
        count = 0;
        unit = default;
        if (reader.Take(ref i, Term.AgoBefore))
        {
            if (!Quantities.WithUnit(reader, ref i, out count, out unit))
                return false;
            reader.Take(ref i, Term.AgoAfter);
            at = i;
            return true;
        }

        if (!Quantities.WithUnit(reader, ref i, out count, out unit))
            return false;
        if (!reader.Take(ref i, Term.AgoAfter) && !(reader.Take(ref i, Term.AgoAtEnd) && !reader.Tokens.IsWord(i)))
            return false;
        at = i;
        return true;
    }

    public static DaySpan? DaysBack(DateOnly today, double count, Unit unit) => unit switch
    {
        Unit.Day or Unit.Night => DaySpan.One(today.AddDays(-(int)Math.Round(count, MidpointRounding.AwayFromZero)), 0.9),
        Unit.Week => DaySpan.One(today.AddDays(-(int)Math.Round(7 * count, MidpointRounding.AwayFromZero)), 0.75),
        Unit.Weekend => null,
        Unit.Month when count < 1200 => DaySpan.One(count % 1 > 0 ? today.AddDays(-(int)(30 * count)) : today.AddMonths(-(int)count), 0.65),
        Unit.Year when count < 200 => DaySpan.One(count % 1 > 0 ? today.AddDays(-(int)(365 * count)) : today.AddYears(-(int)count), 0.6),
        _ => null,
    };

    private static Atom? Ago(PhraseReader reader, int at)
    {
        var i = at;
        if (!Back(reader, ref i, out var count, out var unit))
            return null;
        if (unit is Unit.Second or Unit.Minute or Unit.Hour)
            return Moment(reader, at, i, count, unit) is { } from ? Of(reader, at, i, from, from, 0.9) : null;
        return DaysBack(reader.Clock.Today, count, unit) is { } day ? new Atom(at, i) { Day = day } : null;
    }

    /// <summary>"for three days", "seit drei Tagen", "desde hace dos semanas", "since two weeks".</summary>
    private static Atom? Lasting(PhraseReader reader, int at)
    {
        var i = at;
        if (!reader.Take(ref i, Term.For) && !reader.Take(ref i, Term.Since))
            return null;
        reader.Skip(ref i, Term.About, Term.Article);
        reader.Take(ref i, Term.Which, out var which);
        var few = reader.Is(i, Term.Few);
        if (which > 0 || !Quantities.WithUnit(reader, ref i, out var count, out var unit) || IsAmount(reader, i))
            return null;
        var j = i;
        // "since a week ago Sunday" is a day, and the join reads "since".
        if (reader.Take(ref j, Term.AgoAfter) && reader.Language != "th")
            return null;
        return Moment(reader, at, i, count, unit) is { } from
            ? Of(reader, at, i, from, reader.Clock.Reference, few && unit >= Unit.Month ? 0.4 : Sureness(reader.Clock.Reference - from))
            : null;
    }

    /// <summary>"for 12 hours of parking".</summary>
    private static bool IsAmount(PhraseReader reader, int at) =>
        reader.Is(at, Term.Of) && !reader.Is(at, Term.In) && !reader.Is(at, Term.On) && !reader.Is(at, Term.Article);

    /// <summary>"in the last 24 hours", "past two weeks", "in den letzten drei Tagen", "ces deux derniers jours", "over the last month".</summary>
    private static Atom? InLast(PhraseReader reader, int at)
    {
        var i = at;
        if (reader.Take(ref i, Term.InLast))
        {
            var j = i;
            if (Quantities.WithUnit(reader, ref j, out var some, out var of))
                return Range(reader, at, j, some, of);
            return reader.Take(ref i, Term.Unit, out var one) ? Range(reader, at, i, 1, (Unit)one) : null;
        }

        reader.Skip(ref i, Term.In, Term.Article);
        if (!reader.Take(ref i, Term.Which, out var which) || which is -2 or > 0)
            return null;
        if (which == 0)
            return null;
        return Quantities.WithUnit(reader, ref i, out var count, out var unit) && count != 1 ? Range(reader, at, i, count, unit) : null;
    }

    private static Atom? Range(PhraseReader reader, int at, int end, double count, Unit unit) => Moment(reader, at, end, count, unit) is { } from
        ? Of(reader, at, end, from, reader.Clock.Reference, Sureness(reader.Clock.Reference - from))
        : null;

    private static DateTimeOffset? Moment(PhraseReader reader, int at, int end, double count, Unit unit)
    {
        if (end <= at)
            return null;
        var reference = reader.Clock.Reference;
        return unit switch
        {
            Unit.Second => reference.AddSeconds(-count),
            Unit.Minute => reference.AddMinutes(-count),
            Unit.Hour => reference.AddHours(-count),
            Unit.Day or Unit.Night => reference.AddDays(-count),
            Unit.Week or Unit.Weekend => reference.AddDays(-7 * count),
            Unit.Month when count < 1200 => reference.AddDays(-30 * count),
            Unit.Year when count < 100 => reference.AddDays(-365 * count),
            _ => null,
        };
    }

    /// <summary>Minutes are how long it lasts each time; years are rough.</summary>
    private static double Sureness(TimeSpan back) => back < TimeSpan.FromMinutes(30) ? 0.4 : back > TimeSpan.FromDays(60) ? 0.5 : 0.8;

    private static Atom? Longer(Atom? one, Atom? other) => other is not null && (one is null || other.End > one.End) ? other : one;

    private static Atom Of(PhraseReader reader, int first, int end, DateTimeOffset from, DateTimeOffset to, double confidence)
    {
        var words = first;
        if (!reader.Is(first, Term.InLast))
            reader.Skip(ref words, Term.About);
        var (start, stop) = (reader.Tokens[words].Start, reader.Tokens[end - 1].End);
        return new Atom(first, end) { Moment = new TimeMention(start, reader.Tokens.Text[start..stop], from, to, confidence) };
    }
}
