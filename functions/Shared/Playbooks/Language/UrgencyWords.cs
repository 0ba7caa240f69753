namespace DomainFlow.Playbooks.Language;

/// <summary>Urgency by the words of a text; a word that is denied ("no danger", "not urgent") does not count.</summary>
internal static class UrgencyWords
{
    private static readonly (string Level, string[][] Phrases)[] Levels =
    [
        ("critical", Phrases(
            "life threatening|gas leak|smell of gas|smell gas|smells like gas|gas smell|explosion|exploded|on fire|house fire|building fire|fire broke"
                + " out|flames"
            + "|building collapsed|about to collapse|live wire|live wires|downed wire|downed wires|downed power line|power line down|exposed wires"
            + "|trapped|unconscious|not breathing|bleeding|drowning"
            + "|electrocuted|electric shock|people injured|someone injured|badly hurt|seriously hurt|shots fired|gunshots|shooting|stabbing|armed"
            + "|evacuate|evacuated|this is an emergency|medical emergency|ambulance|swept away|missing child|sinkhole")),
        ("high", Phrases(
            "urgent|urgently|immediately|dangerous|danger|hazard to|safety hazard|hazardous|unsafe|not safe|accident|accidents|crash|struck by"
                + "|nearly hit|almost hit|nearly fell"
            + "|someone will get hurt|get hurt|get killed|could fall|going to fall|about to fall|flooding|flooded|overflowing|sewage|gushing|sparking|sparks"
            + "|blocked road|blocking the road|road is blocked|blocking traffic|impassable|broken glass|needles|syringe|syringes|threatening|threatened"
            + "|assault|assaulted|robbed|robbery"
            + "|mugged|mugging|break in|no power|no electricity|power outage|spreading|children at risk|risk of injury|tripped|i fell|fell down|and fell|trip and fall in|trip and fall on|hurt myself|injured"
            + "|hanging wire|hanging wires|loose wires|loose wire|wires hanging|wires down|live wire|collapsed|falling limbs|limbs falling|at risk of falling"
            + "|dangling|caught in wires|stuck on red|lights are out at|traffic light is out|traffic lights are out"
            + "|traffic light out|break ins"
            + "|contaminated|aggressive dog|bitten|rabid")),
        ("medium", Phrases(
            "asap|as soon as possible|right away|at once|hazard|trip hazard"
                + "|overflow|overgrown|blocked|blocking|obstructing|impossible|serious|severe|severely|leaking|smell|not working|broken")),
        ("low", Phrases(
            "no rush|not urgent|no hurry|when you have time|when you get a chance|whenever possible|whenever you can|minor|cosmetic|suggestion|would be"
                + " nice|it would be great|small issue|faded|fading"
            + "|slightly|just letting you know|for your information|fyi|thank you for fixing|aesthetic|unsightly|eyesore|ugly"
            + "|no parking ban|no parking notification|great job|good job|is there any|wondering if|would like|requesting|new tenant|new resident|toter|toters"
            + "|wood chips|stump|stumps|please trim|trimming|needs a new|need a new|need new|lost cat|lost dog|lost key|found")),
    ];

    private static readonly HashSet<string> Denials = ["no", "not", "never", "without", "isnt", "wasnt", "arent", "nobody", "none", "hardly"];

    /// <summary>What usually can wait, by its name.</summary>
    private static readonly HashSet<string> Patient =
    [
        .. ("sign signs notice notices tree trees trimming pruning stump hanger hangers graffiti bin bins dump dumping bulk litter parking abandoned meter"
            + " sweeping park parks property other request requests weed weeds animal vehicle noise question information").Split(' '),
    ];

    /// <summary>What a category of this name is where a report says nothing of its urgency: low or medium.</summary>
    public static string Usual(string name) => Words.Of(name).Any(word => Patient.Contains(word.Lower)) ? "low" : "medium";

    /// <summary>critical, high, medium or low; null where nothing is said.</summary>
    public static string? Level(string text)
    {
        var words = Words.Of(text).Select(word => word.Lower).ToArray();
        foreach (var (level, phrases) in Levels.Where(level => level.Level != "low"))
        {
            if (Array.Exists(phrases, phrase => IsSaid(words, phrase)))
                return level;
        }

        return Array.Exists(Levels[^1].Phrases, phrase => PhraseSearch.First(words, phrase) >= 0) ? "low" : null;
    }

    private static bool IsSaid(string[] words, string[] phrase)
    {
        for (var at = PhraseSearch.First(words, phrase); at >= 0; at = PhraseSearch.First(words, phrase, at + 1))
        {
            if (!words[Math.Max(0, at - 3)..at].Any(Denials.Contains))
                return true;
        }

        return false;
    }

    private static string[][] Phrases(string list) => [.. list.Split('|').Select(phrase => phrase.Split(' '))];
}

internal static class PhraseSearch
{
    /// <summary>Where the phrase first stands at or after a place; -1 where it does not.</summary>
    public static int First(string[] words, string[] phrase, int from = 0)
    {
        for (var at = from; at + phrase.Length <= words.Length; at++)
        {
            if (words.AsSpan(at, phrase.Length).SequenceEqual(phrase))
                return at;
        }

        return -1;
    }
}
