namespace DomainFlow.Playbooks.Times;

/// <summary>Small numbers as people write them: 3, three, a couple of, half an, two and a half, 2-3.</summary>
internal static class Quantities
{
    /// <summary>A number with its unit: "two hours", "half an hour", "an hour and a half", "2h".</summary>
    public static bool WithUnit(PhraseReader reader, ref int at, out double count, out Unit unit)
    {
        var i = at;
        unit = default;
        if (!Read(reader, ref i, out count))
            return false;
        reader.Skip(ref i, Term.Of);
        var attached = reader.Tokens.IsAttached(i) && reader.Tokens.IsNumber(i - 1);
        if (reader.Take(ref i, Term.Unit, out var value) || ((attached || reader.Tokens.IsNumber(i - 1)) && reader.Take(ref i, Term.ShortUnit, out value)))
        {
            unit = (Unit)value;
            if (reader.Take(ref i, Term.AndHalf) || (Language(reader) && reader.Take(ref i, Term.Half)))
                count += 0.5;
            if (unit == Unit.Fortnight)
                (count, unit) = (count * 2, Unit.Week);
            at = i;
            return count <= 5000;
        }

        return false;
    }

    /// <summary>"โมงครึ่ง": Thai says the half after the unit.</summary>
    private static bool Language(PhraseReader reader) => reader.Language == "th";

    /// <summary>The number before a unit.</summary>
    public static bool Read(PhraseReader reader, ref int at, out double count)
    {
        var i = at;
        reader.Skip(ref i, Term.About);
        if (reader.Take(ref i, Term.OneAndHalf))
            count = 1.5;
        else if (reader.Take(ref i, Term.Half))
            count = 0.5;
        else if (!One(reader, ref i, out count))
            return false;
        else if (reader.Take(ref i, Term.Half))
            count = count == 1 ? 0.5 : count + 0.5;
        else if (reader.Take(ref i, Term.AndHalf))
            count += 0.5;
        else if (Second(reader, ref i, count, out var second))
            count = (count + second) / 2;
        reader.Take(ref i, '+');
        at = i;
        return true;
    }

    /// <summary>"2-3", "two or three", "zwei bis drei".</summary>
    private static bool Second(PhraseReader reader, ref int at, double first, out double second)
    {
        var i = at;
        second = 0;
        if (!(reader.Take(ref i, '-') || reader.Take(ref i, Term.To) || Or(reader, ref i)) || !One(reader, ref i, out second) || second <= first)
            return false;
        at = i;
        return true;
    }

    private static bool Or(PhraseReader reader, ref int at)
    {
        if (!reader.Tokens.IsWord(at) || reader.Tokens.Key(at) is not ("or" or "oder" or "o" or "ou" or "of" or "หรือ"))
            return false;
        at++;
        return true;
    }

    public static bool One(PhraseReader reader, ref int at, out double count)
    {
        var i = at;
        count = 0;
        if (reader.Take(ref i, Term.Tens, out var tens))
        {
            var j = i;
            reader.Take(ref j, '-');
            count = tens;
            if (reader.Take(ref j, Term.Number, out var ones) && ones < 10)
                (count, i) = (tens + ones, j);
        }
        else if (reader.Take(ref i, Term.Few, out var word) || reader.Take(ref i, Term.Number, out word))
        {
            count = word;
        }
        else if (!Digits(reader, ref i, out count))
        {
            return false;
        }

        at = i;
        return true;
    }

    private static bool Digits(PhraseReader reader, ref int at, out double count)
    {
        var tokens = reader.Tokens;
        count = 0;
        if (tokens.Sign(at) == '½')
        {
            at++;
            count = 0.5;
            return true;
        }

        if (!tokens.IsNumber(at) || tokens[at].Value < 0 || !(reader.StartsClean(at) || reader.EndsRange(at)))
            return false;
        count = tokens[at].Value;
        at++;
        if (tokens.Sign(at) is '.' or ',' && tokens.IsAttached(at) && tokens.IsAttached(at + 1) && tokens.IsNumber(at + 1) && tokens[at + 1].Length <= 2)
        {
            count += tokens[at + 1].Value / Math.Pow(10, tokens[at + 1].Length);
            at += 2;
        }
        else if (tokens.Sign(at) == '½')
        {
            count += 0.5;
            at++;
        }
        else if (count == 1 && tokens.Sign(at) == '/' && reader.Number(at + 1, 2, 2))
        {
            count = 0.5;
            at += 2;
        }

        return true;
    }
}
