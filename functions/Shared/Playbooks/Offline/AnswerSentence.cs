using System.Text.RegularExpressions;
using DomainFlow.Playbooks.Language;

namespace DomainFlow.Playbooks.Offline;

/// <summary>A sentence of a report that may answer a question.</summary>
/// <param name="Text">The sentence as it stands, or the part of it that fits in an answer.</param>
/// <param name="Quote">Letter by letter in the report.</param>
/// <param name="IsOfKind">Whether it holds the kind of thing that was asked for.</param>
internal sealed record AnswerSentence(Evidence.Report Report, string Text, string Quote, bool IsOfKind, double Score)
{
    private const double KindWeight = 0.9;
    private const int MostReports = 10;

    /// <summary>The sentence that answers best: asked words, the kind of thing asked for, and how well its whole report bears on the question.</summary>
    /// <param name="kind">What the asked thing looks like; null where it may look like anything.</param>
    public static AnswerSentence? Best(Evidence evidence, Asked question, Regex? kind, int most) => evidence.Reports.Take(MostReports)
        .SelectMany((report, place) => Whole(Sentences.Of(report.Text)).Select((sentence, at) => Rate(report, place, sentence, at, question, kind, most)))
        .OrderByDescending(answer => answer.Score)
        .FirstOrDefault();

    private static AnswerSentence Rate(Evidence.Report report, int place, string sentence, int at, Asked question, Regex? kind, int most)
    {
        var words = Words.Of(sentence);
        var own = words.Count(word => !StopWords.Contains(word.Lower));
        var share = question.Focus.Share(words);
        var isOfKind = kind is not null && kind.Matches(sentence).Any(match => IsNew(match, words, question));
        var score = (2 * share) + (3 * report.Coverage) + (0.5 * report.Score) + (isOfKind ? KindWeight : 0) + Math.Min(0.3, 0.04 * own) - (0.03 * place) - (0.02 * at);
        var part = Part(sentence, words, question, kind, most);
        return new AnswerSentence(report, part.Length < sentence.Length ? $"{(sentence.StartsWith(part, StringComparison.Ordinal) ? "" : "…")}{part}…" : sentence,
            part, isOfKind, score);
    }

    /// <summary>What only repeats the question's own words does not answer it.</summary>
    private static bool IsNew(Match match, List<Word> words, Asked question)
    {
        var inside = words.FindAll(word => word.Start < match.Index + match.Length && word.End > match.Index && !StopWords.Contains(word.Lower));
        return inside.Count == 0 || inside.Exists(word => !question.Words.Contains(word));
    }

    /// <summary>The part of a long sentence, cut between words, that holds most of what was asked.</summary>
    private static string Part(string sentence, List<Word> words, Asked question, Regex? kind, int most)
    {
        if (sentence.Length <= most)
            return sentence;
        var kinds = kind?.Matches(sentence).Select(match => (match.Index, End: match.Index + match.Length)).ToList() ?? [];
        var (best, bestScore) = (sentence[..1], -1.0);
        foreach (var first in words.Select(word => word.Start).Where(start => start == 0 || sentence[start - 1] == ' '))
        {
            var end = words.Where(word => word.End - first <= most - 2 && (word.End == sentence.Length || !char.IsLetterOrDigit(sentence[word.End])))
                .Select(word => word.End).DefaultIfEmpty(0).Max();
            if (end <= first)
                continue;
            var inside = words.Where(word => word.Start >= first && word.End <= end).ToList();
            // A part that begins where the sentence or a clause does reads best.
            var begins = first == 0 ? 0.4 : sentence[first - 2] is ',' or ';' or ':' or '-' or ')' ? 0.2 : 0;
            var score = question.Focus.Held(inside) + (0.8 * Math.Min(2, kinds.Count(span => span.Index >= first && span.End <= end))) + begins;
            if (score > bestScore)
                (best, bestScore) = (sentence[first..end], score);
        }

        return best;
    }

    /// <summary>A sentence of a word or two says something only with the one before it.</summary>
    private static IEnumerable<string> Whole(IEnumerable<string> sentences)
    {
        var held = "";
        foreach (var sentence in sentences)
        {
            var isShort = Words.Of(sentence).Count(word => !StopWords.Contains(word.Lower)) < 3;
            if (held.Length > 0 && !isShort)
            {
                yield return held;
                held = sentence;
            }
            else
            {
                held = held.Length == 0 ? sentence : $"{held} {sentence}";
            }
        }

        if (held.Length > 0)
            yield return held;
    }
}
