using DomainFlow.Playbooks.Language;

namespace DomainFlow.Playbooks.Offline;

/// <summary>A sentence of a report that may answer a question.</summary>
/// <param name="Text">The sentence as it stands, or the part of it around the answer that fits.</param>
/// <param name="Quote">Letter by letter in the report: the sentence, or as much of it as a quotation may have.</param>
/// <param name="IsOfKind">Whether it holds the kind of thing that was asked for.</param>
/// <param name="Share">The part of the question's weight that the sentence and its neighbours hold.</param>
internal sealed record AnswerSentence(Evidence.Report Report, string Text, string Quote, bool IsOfKind, double Share, double Score)
{
    private const double KindWeight = 0.5;

    /// <summary>What a neighbour says of the question counts in part: a title names the matter, the sentence behind it tells it.</summary>
    private const double NeighbourWeight = 0.4;

    /// <summary>A word of a filter says little here: the report may have named the place before.</summary>
    private const double FilterWeight = 0.3;

    /// <summary>A neighbour that holds less than this of the question is not quoted along with its sentence.</summary>
    private const double LeastBeside = 0.15;

    private const int MostReports = 10;
    private const int MaxQuote = 300;

    /// <summary>The sentence that answers best: asked words, the kind of thing asked for, and how well its whole report bears on the question.</summary>
    public static AnswerSentence? Best(Evidence evidence, Asked question, AnswerKind kind, int most) => evidence.Reports.Take(MostReports)
        .SelectMany((report, place) => Rated(report, place, question, kind, most))
        .OrderByDescending(answer => answer.Score)
        .FirstOrDefault();

    private static IEnumerable<AnswerSentence> Rated(Evidence.Report report, int place, Asked question, AnswerKind kind, int most)
    {
        var sentences = Whole(Sentences.Of(report.Text)).Select(text => (Text: text, Words: Words.Of(text))).ToList();
        var shares = sentences.ConvertAll(sentence => question.Terms.Share(sentence.Words, FilterWeight));
        var ratings = new List<(int At, double Score, List<(int Start, int End)> Candidates)>();
        for (var at = 0; at < sentences.Count; at++)
        {
            var (sentence, words) = sentences[at];
            var beside = Math.Max(at > 0 ? shares[at - 1] : 0, at + 1 < shares.Count ? shares[at + 1] : 0);
            var candidates = AnswerCandidates.Of(kind, sentence, words, question.Language)?.Where(span => IsNew(span, words, question)).ToList() ?? [];
            // What only says the question again tells nothing.
            var news = words.Count(word => question.Terms.IsContent(word) && !question.Terms.Contains(word));
            var score = (2 * shares[at]) + (NeighbourWeight * Math.Max(0, beside - shares[at])) + (2 * report.Coverage) + (0.5 * report.Score)
                + (candidates.Count > 0 ? KindWeight : 0) + Math.Min(0.3, 0.06 * news) - (0.06 * place) - (0.01 * at);
            ratings.Add((at, score, candidates));
        }

        // Only a report's best sentence can be the best of all: the others are not cut to size.
        foreach (var (at, score, candidates) in ratings.OrderByDescending(rating => rating.Score).Take(1))
        {
            var (sentence, words) = sentences[at];
            var text = Part(sentence, words, question, candidates, most);
            var quote = Passage(sentences.ConvertAll(one => one.Text), shares, at) ?? Part(sentence, words, question, candidates, MaxQuote);
            var shown = text.Length < sentence.Length ? $"{(sentence.StartsWith(text, StringComparison.Ordinal) ? "" : "…")}{text}…" : sentence;
            yield return new AnswerSentence(report, shown, quote, candidates.Count > 0, shares[at], score);
        }
    }

    /// <summary>The sentence with the neighbour that bears more on the question, where both fit in a quotation; null where the sentence alone does not.</summary>
    private static string? Passage(List<string> sentences, List<double> shares, int at)
    {
        if (sentences[at].Length > MaxQuote)
            return null;
        var beside = new[] { at - 1, at + 1 }
            .Where(next => next >= 0 && next < sentences.Count && shares[next] >= LeastBeside && sentences[at].Length + sentences[next].Length < MaxQuote)
            .OrderByDescending(next => shares[next]).ThenByDescending(next => next).Cast<int?>().FirstOrDefault();
        return beside is { } other ? $"{sentences[Math.Min(at, other)]} {sentences[Math.Max(at, other)]}" : sentences[at];
    }

    /// <summary>What only repeats the question's own words does not answer it.</summary>
    private static bool IsNew((int Start, int End) span, List<Word> words, Asked question)
    {
        var inside = words.FindAll(word => word.Start < span.End && word.End > span.Start && question.Terms.IsContent(word));
        return inside.Count == 0 || inside.Exists(word => !question.Terms.Contains(word));
    }

    /// <summary>The part of a long sentence, cut between words, that holds most of what was asked and the likeliest answer beside it.</summary>
    private static string Part(string sentence, List<Word> words, Asked question, List<(int Start, int End)> candidates, int most)
    {
        if (sentence.Length <= most || words.Count == 0)
            return sentence.Length <= most ? sentence : sentence[..(most - 2)];
        var weights = words.ConvertAll(word => question.Terms.Weight(word, 1));
        var values = new double[words.Count + 1];
        for (var at = 0; at < words.Count; at++)
        {
            var isCandidate = candidates.Exists(span => words[at].Start < span.End && words[at].End > span.Start);
            var near = weights[Math.Max(0, at - 6)..Math.Min(words.Count, at + 7)].Sum();
            var value = weights[at] > 0 ? weights[at] : question.Terms.IsContent(words[at]) ? 0.15 + (0.05 * near) : 0;
            values[at + 1] = values[at] + value + (isCandidate ? 0.4 + (0.2 * near) : 0);
        }

        var (best, bestScore, end) = ((First: 0, End: 0), -1.0, 0);
        for (var first = 0; first < words.Count; first++)
        {
            end = Math.Max(end, first);
            while (end < words.Count && words[end].End - words[first].Start <= most - 2)
                end++;
            if (end == first || (words[first].Start > 0 && !char.IsWhiteSpace(sentence[words[first].Start - 1]) && first > 0))
                continue;
            // A part that begins where the sentence or a clause does reads best.
            var start = words[first].Start;
            var begins = first == 0 ? 0.4 : start > 1 && sentence[start - 2] is ',' or ';' or ':' or '-' or ')' ? 0.2 : 0;
            if (values[end] - values[first] + begins > bestScore)
                (best, bestScore) = ((first, end), values[end] - values[first] + begins);
        }

        return best.End > best.First ? sentence[words[best.First].Start..words[best.End - 1].End] : sentence[..(most - 2)];
    }

    /// <summary>A sentence of a word or two says something only with the one before it; a number or an initial with a point ends none.</summary>
    private static IEnumerable<string> Whole(IEnumerable<string> sentences)
    {
        var held = "";
        foreach (var sentence in sentences)
        {
            var isShort = Words.Of(sentence).Count(word => !StopWords.Contains(word.Lower)) < 3;
            if (held.Length > 0 && !isShort && !IsCutShort(held))
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

    private static bool IsCutShort(string sentence)
    {
        if (sentence.Length < 3 || sentence[^1] != '.')
            return false;
        var start = sentence.Length - 1;
        while (start > 0 && char.IsLetterOrDigit(sentence[start - 1]))
            start--;
        var last = sentence.AsSpan(start, sentence.Length - 1 - start);
        return (last.Length == 1 && char.IsLetter(last[0])) || (last.Length is 1 or 2 && last.IndexOfAnyExceptInRange('0', '9') < 0);
    }
}
