using System.Text.RegularExpressions;
using DomainFlow.Playbooks.Language;

namespace DomainFlow.Playbooks.Offline;

/// <summary>Where in a sentence stands what may be the thing that was asked for.</summary>
internal static partial class AnswerCandidates
{
    /// <summary>Spans of the kind; null where the kind has no form of its own.</summary>
    /// <param name="words">The sentence's words.</param>
    public static IReadOnlyList<(int Start, int End)>? Of(AnswerKind kind, string sentence, IReadOnlyList<Word> words, string language)
    {
        var isEnglish = language == FunctionWords.English;
        return kind switch
        {
            AnswerKind.Time => [.. Spans(Time(), sentence), .. isEnglish ? Spans(AnswerPatterns.For("when", "")!, sentence) : []],
            AnswerKind.Duration => [.. Spans(Period(), sentence), .. isEnglish ? Spans(AnswerPatterns.For("when", "how long")!, sentence) : Spans(Number(), sentence)],
            AnswerKind.Number => Spans(Number(), sentence),
            AnswerKind.Amount => [.. Spans(Number(), sentence), .. isEnglish ? Spans(AnswerPatterns.For("how_much", "")!, sentence) : []],
            AnswerKind.Person => [.. Names(sentence, words, language), .. isEnglish ? Spans(AnswerPatterns.For("who", "")!, sentence) : []],
            AnswerKind.Place => [.. Spans(Place(), sentence), .. isEnglish ? Spans(AnswerPatterns.For("where", "")!, sentence) : []],
            AnswerKind.Reason => [.. Spans(Reason(), sentence), .. isEnglish ? Spans(AnswerPatterns.Cause(), sentence) : []],
            AnswerKind.Manner => isEnglish ? Spans(AnswerPatterns.For("how", "")!, sentence) : null,
            AnswerKind.Origin => isEnglish ? Spans(AnswerPatterns.For("from_where", "")!, sentence) : Spans(Place(), sentence),
            AnswerKind.Name => [.. Names(sentence, words, language), .. Spans(Quoted(), sentence)],
            _ => null,
        };
    }

    private static List<(int Start, int End)> Spans(Regex pattern, string sentence)
    {
        var spans = new List<(int, int)>();
        foreach (var match in pattern.EnumerateMatches(sentence))
            spans.Add((match.Index, match.Index + match.Length));
        return spans;
    }

    /// <summary>Runs of capitalised words. The first word of a sentence, and any one noun in German, needs a second beside it.</summary>
    private static IEnumerable<(int Start, int End)> Names(string sentence, IReadOnlyList<Word> words, string language)
    {
        for (var at = 0; at < words.Count; at++)
        {
            if (!words[at].IsCapitalised)
                continue;
            var last = at;
            while (last + 1 < words.Count && words[last + 1].IsCapitalised && words[last + 1].Start - words[last].End <= 2
                && sentence.AsSpan(words[last].End, words[last + 1].Start - words[last].End).IndexOfAny(",;()") < 0)
                last++;
            if (last > at || (at > 0 && language != "de" && !FunctionWords.Contains(words[at].Lower, language)))
                yield return (words[at].Start, words[last].End);
            at = last;
        }
    }

    private const string Months = "jan(?:uary|uar|vier)|feb(?:ruary|ruar)|march|april|may|june|july|august|september|october|november|december"
        + "|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|märz|mai|juni|juli|oktober|dezember"
        + "|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre"
        + "|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|dezembro|januari|februari|maart|mei|augustus";

    [GeneratedRegex(@"\b(?:1[0-9]{3}|20[0-9]{2})(?:er|s)?\b|\b(?:" + Months + @")\b|\b[0-9]{1,2}:[0-9]{2}\b|\b(?:centur(?:y|ies)|siglos?|jahrhunderts?|siècles?|secol[oi]|séculos?|eeuw"
        + @"|decades?|década|jahrzehnts?)\b|\b(?:ayer|anoche|gestern|hier soir|ieri|ontem|gisteren)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Time();

    [GeneratedRegex(@"\b[0-9][0-9.,]*\s+(?:\w+\s+)?(?:years?|months?|weeks?|days?|hours?|minutes?|años?|meses|mes|semanas?|días?|horas?|minutos?|siglos?|jahren?|monaten?|wochen?|tagen?"
        + @"|stunden?|minuten|ans?|années?|mois|semaines?|jours?|heures?|anni|anno|mesi|settimane|giorni|ore|anos?|dias?|jaar|maanden|weken|dagen|uur)\b"
        + @"|\b1[0-9]{3}\b[^.;]{1,12}\b(?:1[0-9]{3}|20[0-9]{2})\b", RegexOptions.IgnoreCase)]
    private static partial Regex Period();

    [GeneratedRegex(@"\b[0-9][0-9.,]*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|million|half|several"
        + @"|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|docena|cien|ciento|mil|millones|mitad"
        + @"|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dutzend|hundert|tausend|millionen|hälfte"
        + @"|deux|trois|quatre|cinq|sept|huit|neuf|dix|onze|douze|cent|mille|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|cento"
        + @"|dois|duas|três|quatro|sete|oito|dez|twee|drie|vijf|zes|zeven|negen|tien|honderd|duizend)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Number();

    [GeneratedRegex(@"\b(?i:in|at|on|near|from|to|of|between|through|across|around|en|de|del|desde|hasta|hacia|entre|a|al|im|am|an|auf|bei|nach|aus|von|vom|zu|zur|zum|zwischen|durch|über"
        + @"|à|au|aux|dans|chez|vers|du|des|nel|nella|di|da|dal|alla|em|no|na|do|te|bij|naar|uit|van)\s+(?:\p{Ll}{1,4}\s+){0,2}\p{Lu}[\p{L}'’-]*(?:\s+\p{Lu}[\p{L}'’-]*)*")]
    private static partial Regex Place();

    [GeneratedRegex(@"\b(?:because|due to|caused by|as a result|resulted? (?:from|in)|in order to|so that|reason|owing to|thanks to|since|leads? to|led to|therefore|to (?:avoid|prevent|allow|help|make|reduce)"
        + @"|porque|debido|ya que|puesto que|a causa|por lo que|gracias a|como resultado|para (?:evitar|que)|provocad[oa]|causad[oa]|razón|motivo"
        + @"|weil|da|denn|wegen|aufgrund|durch|deshalb|daher|damit|um|grund|gründe|dank|folge|führte[n]?"
        + @"|parce que|car|à cause|grâce à|afin|perché|poiché|a causa|dovuto|devido|por causa|pois|omdat|doordat|vanwege|dankzij)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Reason();

    [GeneratedRegex("""["“”„«][^"“”„«»]{2,80}["“”»]""")]
    private static partial Regex Quoted();
}
