using System.Text.RegularExpressions;
using DomainFlow.Playbooks.Language;

namespace DomainFlow.Playbooks.Offline;

/// <summary>A sentence of a report that may answer a question.</summary>
/// <param name="Text">The sentence as it stands, or the part of it that fits in an answer.</param>
/// <param name="Quote">Letter by letter in the report.</param>
/// <param name="IsOfKind">Whether it holds the kind of thing that was asked for.</param>
internal sealed record AnswerSentence(Evidence.Report Report, string Text, string Quote, bool IsOfKind, double Score)
{
    private const double KindWeight = 1.4;

    /// <summary>What a neighbour says of the question counts in part: a title names the matter, the sentence behind it tells it.</summary>
    private const double NeighbourWeight = 0.5;
    private const int MostReports = 10;

    /// <summary>The sentence that answers best: asked words, the kind of thing asked for, and how well its whole report bears on the question.</summary>
    /// <param name="kind">What the asked thing looks like; null where it may look like anything.</param>
    public static AnswerSentence? Best(Evidence evidence, Asked question, Regex? kind, int most) => evidence.Reports.Take(MostReports)
        .SelectMany((report, place) => Rated(report, place, question, kind, most))
        .OrderByDescending(answer => answer.Score)
        .FirstOrDefault();

    private static IEnumerable<AnswerSentence> Rated(Evidence.Report report, int place, Asked question, Regex? kind, int most)
    {
        var sentences = Whole(Sentences.Of(report.Text)).Select(text => (Text: text, Words: Words.Of(text))).ToList();
        var shares = sentences.ConvertAll(sentence => question.Focus.Share(sentence.Words));
        for (var at = 0; at < sentences.Count; at++)
        {
            var (sentence, words) = sentences[at];
            var beside = Math.Max(at > 0 ? shares[at - 1] : 0, at + 1 < shares.Count ? shares[at + 1] : 0);
            var isOfKind = kind is not null && kind.Matches(sentence).Any(match => IsNew(match, words, question));
            // What only says the question again tells nothing.
            var news = words.Count(word => !StopWords.Contains(word.Lower) && !question.Words.Contains(word));
            var score = (2 * shares[at]) + (NeighbourWeight * Math.Max(0, beside - shares[at])) + (3 * report.Coverage) + (0.5 * report.Score)
                + (isOfKind ? KindWeight : 0) + Math.Min(0.6, 0.1 * news) - (0.03 * place) - (0.02 * at);
            var part = Part(sentence, words, question, kind, most);
            var shown = part.Length < sentence.Length ? $"{(sentence.StartsWith(part, StringComparison.Ordinal) ? "" : "…")}{part}…" : sentence;
            yield return new AnswerSentence(report, shown, part, isOfKind, score);
        }
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
