namespace DomainFlow.Playbooks.Times;

/// <summary>Finds the smallest time phrases of a text, from left to right, at each place the longest of all rules and languages. A phrase that goes on in a
/// way that no rule knows ("Tuesday of the week before the flood") is left out whole.</summary>
internal static class Atoms
{
    private static readonly Func<PhraseReader, int, Atom?>[] Rules =
    [
        Durations.Read, Recurring, WeekPhrases.Relative, WeekPhrases.PartOfDay, WeekPhrases.WeekThenWeekday, WeekPhrases.Weekday, WeekPhrases.Period,
        WeekPhrases.Weekend, NamedDates.OrdinalOf, NamedDates.MonthDay, NamedDates.DayMonth, NamedDates.WholeMonth, NamedDates.DayAlone, NamedDates.Year,
        HolidayPhrases.Holiday, HolidayPhrases.BeforeOrAfter, HolidayPhrases.WeekOrMonth, NumericDates.Read, Clocks.Read, PartAlone,
    ];

    /// <param name="most">No more than so many.</param>
    public static List<Atom> Find(IReadOnlyList<PhraseReader> readers, int most, CancellationToken cancellationToken)
    {
        var tokens = readers[0].Tokens;
        var found = new List<Atom>();
        for (var at = 0; at < tokens.Count && found.Count < most;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var best = Best(readers, at, found.Count > 0 ? found[^1] : null);
            if (best is not null && best.Known)
                found.Add(best.Atom);
            at = best?.Atom.End ?? at + 1;
        }

        return found;
    }

    private static Reading? Best(IReadOnlyList<PhraseReader> readers, int at, Atom? before)
    {
        Reading? best = null;
        foreach (var reader in readers)
        {
            if (!reader.Tokens.IsNumber(at) && reader.Senses(at).Length == 0)
                continue;
            // "gestern morgen", "8 Uhr abends": after a day or an hour a part of the day, else tomorrow or a habit.
            if (before is { Part: null, Moment: null, Recurring: false } && before.End == at && PartAlone(reader, at) is { } part)
                return new Reading(part, true);
            foreach (var rule in Rules)
            {
                if (rule(reader, at) is { } atom && atom.End > (best?.Atom.End ?? 0))
                    best = new Reading(atom, IsWhole(reader, atom));
            }
        }

        return best;
    }

    private static Atom? PartAlone(PhraseReader reader, int at)
    {
        var i = at;
        return reader.Take(ref i, Term.Part, out var part) ? new Atom(at, i) { Part = (Part)part } : null;
    }

    /// <summary>"every Tuesday", "each night", "Mondays", "every 3 days".</summary>
    private static Atom? Recurring(PhraseReader reader, int at)
    {
        var i = at;
        if (reader.Take(ref i, Term.Recurring))
            return new Atom(at, i) { Recurring = true };
        if (!reader.Take(ref i, Term.Every))
            return null;
        var j = i;
        if (!Quantities.WithUnit(reader, ref i, out _, out _) && !reader.Take(ref i, Term.Unit) && !reader.Take(ref i, Term.Weekday)
            && !reader.Take(ref i, Term.WeekdayPart) && !reader.Take(ref i, Term.Part) && !reader.Take(ref i, Term.Season) && !reader.Take(ref i, Term.Month)
            && !(reader.Take(ref i, Term.Ordinal) && (reader.Take(ref i, Term.Unit) || reader.Take(ref i, Term.Weekday))))
            return null;
        return i > j ? new Atom(at, i) { Recurring = true } : null;
    }

    /// <summary>Whether nothing beside it says that it is a part of a longer phrase or of a name.</summary>
    private static bool IsWhole(PhraseReader reader, Atom atom)
    {
        if (atom.Day is null)
            return true;
        var tokens = reader.Tokens;
        var hasYear = tokens.IsNumber(atom.End - 1) && tokens[atom.End - 1].Length == 4;
        if (!hasYear && IsName(reader, atom))
            return false;
        if (atom.Yearless is not null || hasYear || reader.Is(atom.First, Term.Day) || reader.Is(atom.First, Term.PartOfDay))
            return true;
        // "the Tuesday before the storm", "Tuesday of the week of the fair", "second Tuesday".
        if (reader.Is(atom.End, Term.Of) && !reader.Is(atom.End, Term.On) && !reader.Is(atom.End, Term.At) && !reader.Is(atom.End, Term.In)
            && !reader.Is(atom.End, Term.From))
            return false;
        if (atom.Weekday is null)
            return true;
        return !(reader.Follows(atom.First, Term.Article) && (reader.Is(atom.End, Term.Before) || reader.Is(atom.End, Term.After)))
            && !reader.Follows(atom.First, Term.Ordinal, Term.LastOf, Term.Every);
    }

    /// <summary>"May Street", "Calle 5 de Mayo", "Friday Market", "Platz des 18. März".</summary>
    private static bool IsName(PhraseReader reader, Atom atom)
    {
        var tokens = reader.Tokens;
        if (reader.Is(atom.End, Term.NameAfter) && tokens.IsCapitalised(atom.End) && !tokens.StartsSentence(atom.End))
            return true;
        var i = atom.First;
        for (var steps = 0; steps < 2 && reader.Follows(i, Term.Of, Term.Article); steps++)
            i--;
        return i > 0 && !tokens.StartsSentence(i) && tokens.Sign(i - 1) == '\0' && reader.Follows(i, Term.NameBefore)
            && (tokens.IsCapitalised(atom.End - 1) || tokens.IsNumber(atom.First)) && reader.Language != "en";
    }

    private sealed record Reading(Atom Atom, bool Known);
}
