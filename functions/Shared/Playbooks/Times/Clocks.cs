namespace DomainFlow.Playbooks.Times;

/// <summary>Times of day: "7pm", "19:00", "1930 hrs", "quarter to nine", "halb acht", "a las ocho y media", "6-8pm", "between 10pm and 2am", "noon".</summary>
internal static class Clocks
{
    private static readonly TimeSpan HalfDay = TimeSpan.FromHours(12);

    public static Atom? Read(PhraseReader reader, int at)
    {
        var i = at;
        if (One(reader, ref i, out var clock))
            return Range(reader, at, i, clock) ?? new Atom(at, i) { Clock = clock };
        return HourBeforeRange(reader, at);
    }

    /// <summary>"6-8pm", "between 10 and 11 pm", "from 9 to 17 Uhr": the first hour is told by the second.</summary>
    private static Atom? HourBeforeRange(PhraseReader reader, int at)
    {
        var i = at;
        if (!Hour(reader, ref i, out var hour, out _) || !TakeTo(reader, ref i) || !One(reader, ref i, out var end) || end.Bare)
            return null;
        var from = TimeSpan.FromHours(hour);
        if (end.Sure && end.From >= HalfDay && hour < 12 && from + HalfDay < end.From)
            from += HalfDay;
        return new Atom(at, i) { Clock = new ClockSpan(from, Later(end.From, from), null, false, end.Sure) };
    }

    private static Atom? Range(PhraseReader reader, int at, int after, ClockSpan begin)
    {
        var i = after;
        if (!TakeTo(reader, ref i))
            return null;
        reader.Skip(ref i, Term.AtHour, Term.Article);
        if (!(One(reader, ref i, out var to) || (begin.Bare && BareHour(reader, ref i, out to))) || (to.Bare && !begin.Bare))
            return null;
        if (begin.Bare && to.Sure && !begin.Sure && to.From >= HalfDay && begin.From < HalfDay && begin.From + HalfDay < to.From)
            begin = begin with { From = begin.From + HalfDay };
        return new Atom(at, i) { Clock = begin with { To = Later(to.From, begin.From), Bare = begin.Bare && to.Bare, Sure = begin.Sure || to.Sure } };
    }

    private static TimeSpan Later(TimeSpan to, TimeSpan from) => to <= from ? to + TimeSpan.FromDays(1) : to;

    private static bool TakeTo(PhraseReader reader, ref int at) =>
        reader.Take(ref at, '-') || reader.Take(ref at, Term.To) || reader.Take(ref at, Term.And);

    private static bool One(PhraseReader reader, ref int at, out ClockSpan clock) =>
        InDigits(reader, ref at, out clock) || InWords(reader, ref at, out clock) || Named(reader, ref at, out clock) || AtHour(reader, ref at, out clock);

    /// <summary>19:00, 7.30 pm, 19h30, 19.30 Uhr, 1930 hrs, 7pm, 19 Uhr.</summary>
    private static bool InDigits(PhraseReader reader, ref int at, out ClockSpan clock)
    {
        clock = default;
        var tokens = reader.Tokens;
        if (!tokens.IsNumber(at) || tokens[at].Value < 0 || !(reader.StartsClean(at) || reader.EndsRange(at) || IsAfterT(tokens, at)))
            return false;
        var i = at + 1;
        var (hour, minute, second) = (tokens[at].Value, 0, 0);
        var separator = tokens.Sign(i) is ':' or '.' ? tokens.Sign(i) : tokens.IsWord(i) && tokens.Key(i) is "h" or "u" ? 'h' : '\0';
        var split = separator != '\0' && tokens[at].Length <= 2 && NumericDates.Attached(tokens, i, i + 1) && tokens.IsNumber(i + 1) && tokens[i + 1].Length == 2;
        if (split)
        {
            minute = tokens[i + 1].Value;
            i += 2;
            if (separator == ':' && tokens.Sign(i) == ':' && NumericDates.Attached(tokens, i, i + 1) && tokens.IsNumber(i + 1) && tokens[i + 1].Length == 2)
                (second, i) = (tokens[i + 1].Value, SkipFraction(tokens, i + 2));
        }
        else if (tokens[at].Length == 4 && reader.Is(i, Term.OClock))
        {
            (hour, minute, split) = (hour / 100, hour % 100, true);
        }
        else if (tokens[at].Length > 2)
        {
            return false;
        }

        if (!Finish(reader, ref i, hour, minute, second, split ? separator : 'x', IsAfterT(tokens, at), out clock))
            return false;
        at = i;
        return true;
    }

    /// <param name="separator">':', '.' or 'h' before minutes; zero for 1930; x for an hour alone.</param>
    private static bool Finish(PhraseReader reader, ref int at, int hour, int minute, int second, char separator, bool stamp, out ClockSpan clock)
    {
        var i = at;
        clock = default;
        var offset = NumericDates.TakeOffset(reader, ref i, stamp || separator == ':' && (second > 0 || reader.Tokens[i - 1].Length == 2 && IsSpaced(reader, i)));
        var meridiem = offset is null && TakeMeridiem(reader, ref i, out var half) ? half : (int?)null;
        offset ??= meridiem is null ? null : NumericDates.TakeOffset(reader, ref i, false);
        var oclock = meridiem is null && TakeOClock(reader, ref i);
        var told = meridiem is not null || oclock || separator is ':' or 'h';
        if (!told || hour > 24 || minute > 59 || second > 59 || (hour == 24 && (minute > 0 || second > 0)) || (meridiem is not null && hour is > 12 or 0))
            return false;
        if (!reader.EndsClean(i) && reader.Tokens.Sign(i) != '-')
            return false;
        hour = meridiem switch { 12 when hour < 12 => hour + 12, 0 when hour == 12 => 0, _ => hour };
        var time = new TimeSpan(hour, minute, second);
        clock = new ClockSpan(time, time, offset, false, meridiem is not null || hour >= 12 || stamp || offset is not null);
        at = i;
        return true;
    }

    private static bool IsSpaced(PhraseReader reader, int at) => at < reader.Tokens.Count && reader.Tokens[at].Spaced && reader.Tokens.IsNumber(at + 1)
        && reader.Tokens[at + 1].Length == 4;

    private static bool IsAfterT(TextTokens tokens, int at) => at > 1 && tokens.IsAttached(at) && tokens.IsWord(at - 1) && tokens.Key(at - 1) is "t"
        && tokens.IsAttached(at - 1);

    private static int SkipFraction(TextTokens tokens, int at) =>
        tokens.Sign(at) is '.' or ',' && NumericDates.Attached(tokens, at, at + 1) && tokens.IsNumber(at + 1) ? at + 2 : at;

    /// <summary>"am" a space after the number is one only where the language has it: German "8 am Zebrastreifen" is not.</summary>
    private static bool TakeMeridiem(PhraseReader reader, ref int at, out int half)
    {
        if (reader.Take(ref at, Term.Meridiem, out half))
            return true;
        var tokens = reader.Tokens;
        if (!tokens.IsAttached(at) || !tokens.IsWord(at) || tokens.Key(at) is not ("am" or "pm"))
            return false;
        half = tokens.Key(at) is "pm" ? 12 : 0;
        at++;
        return true;
    }

    private static bool TakeOClock(PhraseReader reader, ref int at)
    {
        var i = at;
        if (!reader.Take(ref i, Term.OClock))
            return false;
        // "2 hours" is a duration, "0730 hours" a time: Dutch and Portuguese "5 uur" and "5 horas" are read by what stands before.
        var single = reader.Tokens.IsNumber(at - 1) && reader.Tokens[at - 1].Length <= 2 && reader.Is(at, Term.Unit);
        if (single && !(at > 1 && reader.Follows(at - 1, Term.AtHour, Term.Between, Term.From, Term.Until, Term.To)))
            return false;
        at = i;
        return true;
    }

    /// <summary>"half past six", "quarter to nine", "ten past four", "nine o'clock", "nine pm", "halb acht", "Viertel nach acht".</summary>
    private static bool InWords(PhraseReader reader, ref int at, out ClockSpan clock)
    {
        var i = at;
        int shift;
        clock = default;
        if (reader.Take(ref i, Term.HalfPast))
            shift = 30;
        else if (reader.Take(ref i, Term.HalfTo))
            shift = -30;
        else if (reader.Take(ref i, Term.QuarterPast))
            shift = 15;
        else if (reader.Take(ref i, Term.QuarterTo))
            shift = -15;
        else if (!Minutes(reader, ref i, out shift))
            return HourWithTail(reader, ref at, out clock);
        if (!Hour(reader, ref i, out var hour, out _) && !NoonHour(reader, ref i, out hour))
            return false;
        Tail(reader, ref i, ref hour, out var sure);
        if (!reader.EndsPhrase(i) || reader.Is(i, Term.Unit) || !reader.EndsClean(i))
            return false;
        var time = Around(hour, shift);
        clock = new ClockSpan(time, time, null, false, sure);
        at = i;
        return true;
    }

    private static TimeSpan Around(int hour, int minutes) => TimeSpan.FromMinutes((((hour * 60) + minutes) + 1440) % 1440);

    /// <summary>"ten past", "zehn vor".</summary>
    private static bool Minutes(PhraseReader reader, ref int at, out int shift)
    {
        var i = at;
        shift = 0;
        var digits = reader.Tokens.IsNumber(i);
        if (!Quantities.One(reader, ref i, out var count) || count is < 1 or > 30)
            return false;
        var said = reader.Take(ref i, Term.Unit, out var unit) && unit == (int)Unit.Minute;
        var past = reader.Take(ref i, Term.MinutesPast);
        if (!past && ((digits && !said) || !reader.Take(ref i, Term.MinutesTo)))
            return false;
        shift = past ? (int)count : -(int)count;
        at = i;
        return i < reader.Tokens.Count;
    }

    private static bool NoonHour(PhraseReader reader, ref int at, out int hour)
    {
        var i = at;
        hour = 0;
        if (!reader.Take(ref i, Term.Part, out var part) || (Part)part is not (Part.Noon or Part.Midnight))
            return false;
        (hour, at) = ((Part)part == Part.Noon ? 12 : 0, i);
        return true;
    }

    /// <summary>An hour in words that "o'clock", "pm" or a half or quarter follows; in digits with a half or quarter.</summary>
    private static bool HourWithTail(PhraseReader reader, ref int at, out ClockSpan clock)
    {
        var i = at;
        clock = default;
        var cued = reader.Take(ref i, Term.AtHour);
        reader.Skip(ref i, Term.Article);
        if (!Hour(reader, ref i, out var hour, out var digits))
            return false;
        var shift = reader.Take(ref i, Term.PlusHalf) ? 30 : reader.Take(ref i, Term.PlusQuarter) ? 15 : reader.Take(ref i, Term.MinusQuarter) ? -15 : 0;
        var told = Tail(reader, ref i, ref hour, out var sure);
        if ((shift == 0 && (!told || digits)) || (shift != 0 && !cued && !told && !reader.Follows(at, Term.Article, Term.AtHour, Term.At)))
            return false;
        var time = Around(hour, shift);
        clock = new ClockSpan(time, time, null, false, sure);
        at = i;
        return true;
    }

    /// <summary>What follows an hour: "o'clock", "pm".</summary>
    private static bool Tail(PhraseReader reader, ref int at, ref int hour, out bool sure)
    {
        var told = reader.Take(ref at, Term.OClock);
        sure = reader.Take(ref at, Term.Meridiem, out var half);
        if (sure && hour is >= 1 and <= 12)
            hour = (hour % 12) + half;
        sure |= hour > 12;
        return told || sure;
    }

    private static bool Hour(PhraseReader reader, ref int at, out int hour, out bool digits)
    {
        var i = at;
        digits = reader.Number(i, 0, 24) && reader.StartsClean(i) && reader.Tokens[i].Length <= 2;
        if (digits)
            hour = reader.Tokens[i++].Value;
        else if (!reader.Take(ref i, Term.Number, out hour) || hour is < 1 or > 12 || i - at > 1)
            return false;
        at = i;
        return true;
    }

    /// <summary>Thai "8 โมงเช้า", "2 ทุ่ม", "ตี 2", "บ่าย 3 โมง".</summary>
    private static bool Named(PhraseReader reader, ref int at, out ClockSpan clock)
    {
        var i = at;
        clock = default;
        int hour;
        if (reader.Take(ref i, Term.HourPrefix, out var start))
        {
            if (!Hour(reader, ref i, out hour, out _))
                return false;
            if (reader.Tokens.IsWord(i) && reader.Tokens.Key(i) is "โมง" or "โมงเย็น")
                i++;
        }
        else if (!Hour(reader, ref i, out hour, out _) || !reader.Take(ref i, Term.HourFrom, out start))
        {
            return false;
        }

        if (start + hour > 24)
            return false;
        var half = reader.Take(ref i, Term.Half);
        var time = new TimeSpan(start + hour, half ? 30 : 0, 0);
        clock = new ClockSpan(time, time, null, false, true);
        at = i;
        return true;
    }

    /// <summary>"at 8", "um 8", "a las 8": an hour that needs a day beside it; in Romance languages the article says enough.</summary>
    private static bool AtHour(PhraseReader reader, ref int at, out ClockSpan clock)
    {
        var i = at;
        clock = default;
        var inside = !reader.Take(ref i, Term.AtHour);
        if (!inside && (InDigits(reader, ref i, out clock) || InWords(reader, ref i, out clock)))
        {
            at = i;
            return true;
        }

        if (inside && !reader.Follows(at, Term.AtHour, Term.Between, Term.From))
            return false;
        if (!BareHour(reader, ref i, out clock))
            return false;
        var alone = !inside && reader.Language is "es" or "pt" or "it" && reader.Tokens.Key(at).Length > 1;
        clock = clock with { Bare = !alone };
        at = i;
        return true;
    }

    /// <summary>An hour that nothing follows of which it could be the number: not in "at 8 Mill Street".</summary>
    private static bool BareHour(PhraseReader reader, ref int at, out ClockSpan clock)
    {
        var i = at;
        clock = default;
        if (!Hour(reader, ref i, out var hour, out _) || reader.Is(i, Term.Unit) || !reader.EndsPhrase(i) || !reader.EndsClean(i)
            || (reader.Tokens.IsCapitalised(i) && !reader.Tokens.StartsSentence(i) && !reader.Is(i, Term.Weekday) && !reader.Is(i, Term.Day)))
            return false;
        var time = TimeSpan.FromHours(hour);
        clock = new ClockSpan(time, time, null, true, hour > 12);
        at = i;
        return true;
    }
}
