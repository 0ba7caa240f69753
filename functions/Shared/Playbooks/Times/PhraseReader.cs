namespace DomainFlow.Playbooks.Times;

/// <summary>Reads one text in one language. A word that the text's main language knows is not read in another one.</summary>
internal sealed class PhraseReader(TextTokens tokens, Lexicon lexicon, Lexicon main, LocalClock clock)
{
    private const int MostSkipped = 4;

    public TextTokens Tokens { get; } = tokens;

    public LocalClock Clock { get; } = clock;

    public string Language => lexicon.Language;

    public bool IsMain => lexicon == main;

    /// <summary>Whether "last" and "next" may come after their noun: "el martes pasado".</summary>
    public bool WhichFollows => Language is not "en" and not "de" and not "nl";

    public ReadOnlySpan<Sense> Senses(int at)
    {
        if (!Tokens.IsWord(at) && Tokens.Sign(at) == '\0')
            return [];
        var key = Tokens.Key(at);
        return IsMain || !main.Knows(key) ? lexicon.Senses(key) : [];
    }

    /// <summary>Moves past the longest phrase with this meaning, if one begins here.</summary>
    public bool Take(ref int at, Term term, out int value)
    {
        foreach (ref readonly var sense in Senses(at))
        {
            if (sense.Term == term && (sense.Rest.Length == 0 || Tokens.Continues(at, sense.Rest)))
            {
                value = sense.Value;
                at += 1 + sense.Rest.Length;
                return true;
            }
        }

        value = 0;
        return false;
    }

    public bool Take(ref int at, Term term) => Take(ref at, term, out _);

    public bool Take(ref int at, char sign)
    {
        if (Tokens.Sign(at) != sign)
            return false;
        at++;
        return true;
    }

    public bool Is(int at, Term term) => Take(ref at, term, out _);

    /// <summary>A few of these in a row, none of them needed. Bounded, or a text of "of of of" would be read in a square of its length.</summary>
    public void Skip(ref int at, params ReadOnlySpan<Term> terms)
    {
        var left = MostSkipped;
        for (var i = 0; i < terms.Length && left > 0; i++)
        {
            if (!Take(ref at, terms[i], out _))
                continue;
            i = -1;
            left--;
        }
    }

    /// <summary>Whether the token before is a word with one of these meanings.</summary>
    public bool Follows(int at, params ReadOnlySpan<Term> terms)
    {
        if (at == 0)
            return false;
        foreach (ref readonly var sense in Senses(at - 1))
        {
            if (sense.Rest.Length == 0 && terms.Contains(sense.Term))
                return true;
        }

        return false;
    }

    /// <summary>Whether the phrase that ends before this token ends here: a sign, the end, or a word that is no noun.</summary>
    public bool EndsPhrase(int at) => !Tokens.IsWord(at) || Tokens.StartsSentence(at) || main.Knows(Tokens.Key(at)) || lexicon.Knows(Tokens.Key(at));

    /// <summary>A number that is no part of a longer number, amount or code.</summary>
    public bool StartsClean(int at)
    {
        if (!Tokens.IsAttached(at))
            return Tokens.Sign(at - 1) is not '$' and not '€' and not '£' and not '#' and not '§';
        return Tokens.Sign(at - 1) is '(' or '[' or '"' or '\'' or '@' or '~' or '“' or '„' or ',' or ';' or '-' or '|' or '>' or '*' or ':' or '='
            && !Tokens.IsNumber(at - 2);
    }

    /// <summary>The second number of "6-8".</summary>
    public bool EndsRange(int at) => Tokens.Sign(at - 1) == '-' && Tokens.IsNumber(at - 2) && Tokens[at - 2].Length <= 2 && StartsClean(at - 2);

    /// <summary>Whether a numeric phrase may end before this token: nothing that goes on with it is attached.</summary>
    public bool EndsClean(int at)
    {
        if (!Tokens.IsAttached(at))
            return true;
        if (Tokens.IsNumber(at) || Tokens.IsWord(at))
            return Tokens.IsWord(at) && Tokens.Key(at) is "'s";
        return !(Tokens.Sign(at) is '.' or ',' or ':' or '/' or '-' or '%' or '°' && Tokens.IsAttached(at + 1) && Tokens.IsNumber(at + 1))
            && Tokens.Sign(at) is not '%' and not '°';
    }

    public bool Number(int at, int from, int to) => Tokens.IsNumber(at) && Tokens[at].Value >= from && Tokens[at].Value <= to;
}
