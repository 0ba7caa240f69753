using System.Globalization;

namespace DomainFlow.Playbooks.Times;

/// <summary>Dates in digits: 2026-10-03, 2026/10/03, 12.10.2025, 10/3, 2026-W37, and times stamps with a zone or offset.</summary>
internal static class NumericDates
{
    private const int LargestOffsetHours = 14;

    public static Atom? Read(PhraseReader reader, int at)
    {
        if (reader.Tokens.IsNumber(at))
            return reader.StartsClean(at) ? YearFirst(reader, at) ?? DayAndMonth(reader, at) : null;
        return Posix(reader, at);
    }

    private static Atom? YearFirst(PhraseReader reader, int at)
    {
        var tokens = reader.Tokens;
        if (!reader.Number(at, 1901, 2199) || tokens[at].Length != 4 || tokens.Sign(at + 1) is not ('-' or '/' or '.') || !Attached(tokens, at + 1, at + 2))
            return null;
        var year = tokens[at].Value;
        if (tokens.IsWord(at + 2) && tokens.Key(at + 2) is "w" && tokens.IsAttached(at + 3) && reader.Number(at + 3, 1, ISOWeek.GetWeeksInYear(year)))
            return reader.EndsClean(at + 4) ? new Atom(at, at + 4) { Day = Week(year, tokens[at + 3].Value) } : null;
        if (tokens.Sign(at + 3) != tokens.Sign(at + 1) || !Attached(tokens, at + 3, at + 4) || !reader.Number(at + 2, 1, 12) || !reader.Number(at + 4, 1, 31)
            || tokens[at + 2].Length > 2 || tokens[at + 4].Length > 2)
            return null;
        if (Calendar.Day(year, tokens[at + 2].Value, tokens[at + 4].Value, 0.98) is not { } day)
            return null;
        // 2026-10-03T19:00:00Z: the T and the clock are read by the join.
        var joined = tokens.IsWord(at + 5) && tokens.Key(at + 5) is "t" && tokens.IsAttached(at + 5) && tokens.IsNumber(at + 6);
        return joined || reader.EndsClean(at + 5) ? new Atom(at, at + 5) { Day = day } : null;
    }

    private static DaySpan Week(int year, int week)
    {
        var monday = DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, DayOfWeek.Monday));
        return new DaySpan(monday, monday.AddDays(7), 0.95);
    }

    private static Atom? DayAndMonth(PhraseReader reader, int at)
    {
        var tokens = reader.Tokens;
        var sign = tokens.Sign(at + 1);
        if (sign is not ('/' or '.' or '-') || tokens[at].Length > 2 || !tokens.IsNumber(at + 2) || tokens[at + 2].Length > 2 || !Attached(tokens, at + 1, at + 2))
            return null;
        var (first, second) = (tokens[at].Value, tokens[at + 2].Value);
        var (month, day) = (sign != '.' && reader.Clock.MonthFirst && first <= 12) || second > 12 ? (first, second) : (second, first);
        var sure = first > 12 || second > 12 || sign == '.';
        if (tokens.Sign(at + 3) == sign && tokens.IsNumber(at + 4) && Attached(tokens, at + 3, at + 4))
            return WithYear(reader, at, month, day, sure);
        return sign == '-' ? null : WithoutYear(reader, at, month, day, sure);
    }

    private static Atom? WithYear(PhraseReader reader, int at, int month, int day, bool sure)
    {
        var year = reader.Tokens[at + 4];
        if (year.Length is not (2 or 4) || !reader.EndsClean(at + 5))
            return null;
        if (year.Length == 2 && reader.Tokens.Sign(at + 1) != '/' && !IsCued(reader, at, at + 5))
            return null;
        var full = year.Length == 2 ? 2000 + year.Value : reader.Language == "th" && year.Value > 2400 ? year.Value - 543 : year.Value;
        return Calendar.Day(full, month, day, sure ? 0.95 : 0.85) is { } found ? new Atom(at, at + 5) { Day = found } : null;
    }

    /// <summary>"24/7", "1/2 inch", "unit 3/12" and "1.5." are no dates: one without a year needs a word or a time beside it that says so.</summary>
    private static Atom? WithoutYear(PhraseReader reader, int at, int month, int day, bool sure)
    {
        var end = at + 3;
        var dotted = reader.Tokens.Sign(at + 1) == '.';
        if (dotted)
        {
            if (reader.Tokens.Sign(end) != '.' || !reader.Tokens.IsAttached(end))
                return null;
            end++;
        }

        if (!reader.EndsClean(end) || !IsCued(reader, at, end) || IsMeasured(reader, end))
            return null;
        return Calendar.Latest(month, day, reader.Clock.Today, sure ? 0.85 : 0.75) is { } found
            ? new Atom(at, end) { Day = found, Yearless = (month, day) }
            : null;
    }

    private static bool IsCued(PhraseReader reader, int at, int end)
    {
        var before = reader.Tokens.Sign(at - 1) is ',' or ':' or '(' ? at - 1 : at;
        if (reader.Follows(before, Term.DateCue, Term.Weekday, Term.WeekdayPart, Term.Since))
            return true;
        var after = end;
        if (reader.Is(after, Term.At) || reader.Is(after, Term.AtHour))
            after++;
        return after < reader.Tokens.Count && Clocks.Read(reader, after) is { Clock: { Bare: false } };
    }

    /// <summary>A noun after it: "since 1/2 inch fell". Function words and time words go on with the sentence.</summary>
    private static bool IsMeasured(PhraseReader reader, int at) => reader.Is(at, Term.Of) || reader.Is(at, Term.Unit)
        || (reader.Tokens.IsWord(at) && !reader.Tokens.StartsSentence(at) && reader.Tokens.Key(at) is "inch" or "inches" or "in" or "ft" or "mile" or "miles"
            or "km" or "cm" or "mm" or "zoll" or "cup" or "pulgadas" or "pulgada" or "mile");

    /// <summary>"Jan 09 06:43:06 EST 2022", as computers print it.</summary>
    private static Atom? Posix(PhraseReader reader, int at)
    {
        var i = at;
        var tokens = reader.Tokens;
        if (!NamedDates.TakeMonth(reader, ref i, out var month) || !reader.Number(i, 1, 31))
            return null;
        var day = tokens[i++].Value;
        if (Clocks.Read(reader, i) is not { Clock: { Bare: false } clock } time)
            return null;
        i = time.End;
        return NamedDates.TakeYear(reader, ref i) is { } year && Calendar.Day(year, month, day, 0.97) is { } found
            ? new Atom(at, i) { Day = found, Clock = clock }
            : null;
    }

    /// <summary>Z, UTC, EST, +02:00, -0500, UTC+2 after a time of day.</summary>
    /// <param name="mayBeMinus">Whether a dash may begin an offset; else it is one of a range.</param>
    public static TimeSpan? TakeOffset(PhraseReader reader, ref int at, bool mayBeMinus)
    {
        var tokens = reader.Tokens;
        var i = at;
        TimeSpan? zone = tokens.IsWord(i) ? Zone(tokens.Text.AsSpan(tokens[i].Start, tokens[i].Length)) : null;
        i += zone is null ? 0 : 1;
        if (tokens.Sign(i) is '+' or '-' && tokens.IsAttached(i + 1) && (zone is null ? tokens.Sign(i) == '+' || mayBeMinus : zone == TimeSpan.Zero)
            && Digits(reader, i + 1, zone is not null, out var end) is { } offset)
        {
            at = end;
            return tokens.Sign(i) == '-' ? -offset : offset;
        }

        at = i;
        return zone;
    }

    private static TimeSpan? Digits(PhraseReader reader, int at, bool hoursAlone, out int end)
    {
        var tokens = reader.Tokens;
        end = at + 1;
        if (!tokens.IsNumber(at) || tokens[at].Value < 0)
            return null;
        var (hours, minutes) = (tokens[at].Value, 0);
        if (tokens[at].Length == 4)
        {
            (hours, minutes) = (hours / 100, hours % 100);
        }
        else if (tokens[at].Length == 2 && tokens.Sign(at + 1) == ':' && Attached(tokens, at + 1, at + 2) && tokens.IsNumber(at + 2) && tokens[at + 2].Length == 2)
        {
            minutes = tokens[at + 2].Value;
            end = at + 3;
        }
        else if (!hoursAlone || tokens[at].Length > 2)
        {
            return null;
        }

        return hours <= LargestOffsetHours && minutes < 60 && (hours < LargestOffsetHours || minutes == 0) ? new TimeSpan(hours, minutes, 0) : null;
    }

    private static TimeSpan? Zone(ReadOnlySpan<char> name) => name switch
    {
        "Z" or "z" or "UTC" or "GMT" or "WET" => TimeSpan.Zero,
        "EST" or "CDT" => TimeSpan.FromHours(-5),
        "EDT" or "AST" => TimeSpan.FromHours(-4),
        "CST" or "MDT" => TimeSpan.FromHours(-6),
        "MST" or "PDT" => TimeSpan.FromHours(-7),
        "PST" or "AKDT" => TimeSpan.FromHours(-8),
        "AKST" => TimeSpan.FromHours(-9),
        "HST" => TimeSpan.FromHours(-10),
        "CET" or "MEZ" or "BST" or "WEST" => TimeSpan.FromHours(1),
        "CEST" or "MESZ" or "EET" => TimeSpan.FromHours(2),
        "EEST" or "MSK" => TimeSpan.FromHours(3),
        "JST" => TimeSpan.FromHours(9),
        "AEST" => TimeSpan.FromHours(10),
        "AEDT" => TimeSpan.FromHours(11),
        _ => null,
    };

    public static bool Attached(TextTokens tokens, int one, int two) => tokens.IsAttached(one) && tokens.IsAttached(two);
}
