using DomainFlow.Playbooks.Language;

namespace DomainFlow.Playbooks.Questions;

/// <summary>Keeps what a tool returns within bounds: long texts are cut to the part that bears most on what was asked.</summary>
internal static class Passage
{
    /// <summary>Characters of all texts of one tool call; where they have more, each is cut by its rank.</summary>
    private const int MaxTotal = 16_000;

    private static readonly int[] ByRank = [3000, 1500, 1500, 1000, 1000];
    /// <summary>What ranks lower keeps its begin.</summary>
    private const int Others = 400;

    /// <param name="query">What was searched for; null where reports were only listed.</param>
    public static IReadOnlyList<FoundReport> Bounded(IReadOnlyList<FoundReport> reports, string? query)
    {
        if (reports.Sum(report => report.Text.Length) <= MaxTotal)
            return reports;
        var stems = query is null ? [] : Words.Of(query).Where(word => !StopWords.Contains(word.Lower)).Select(word => word.Stem).ToHashSet();
        return [.. reports.Select((report, rank) => report with
        {
            Text = rank < ByRank.Length ? Around(report.Text, stems, ByRank[rank]) : Answers.Shorten.To(report.Text[..Math.Min(report.Text.Length, 2 * Others)], Others),
        })];
    }

    /// <summary>The part of a text, cut between words, that holds most different words of a query; the first of several.</summary>
    private static string Around(string text, HashSet<string> stems, int most)
    {
        if (text.Length <= most)
            return text;
        var words = Words.Of(text);
        var held = new Dictionary<string, int>();
        var (first, best, bestCount) = (0, (First: 0, Last: -1), -1);
        for (var last = 0; last < words.Count; last++)
        {
            if (stems.Contains(words[last].Stem))
                held[words[last].Stem] = held.GetValueOrDefault(words[last].Stem) + 1;
            while (first < last && words[last].End - words[first].Start > most)
            {
                if (held.TryGetValue(words[first].Stem, out var count) && stems.Contains(words[first].Stem))
                {
                    if (count == 1)
                        held.Remove(words[first].Stem);
                    else
                        held[words[first].Stem] = count - 1;
                }

                first++;
            }

            // As long as nothing is lost at its begin, a longer part of as many words is better.
            if (held.Count > bestCount || (held.Count == bestCount && first == best.First))
                (best, bestCount) = ((first, last), held.Count);
        }

        return best.Last < 0 || words[best.Last].End - words[best.First].Start > most ? text[..most] : text[words[best.First].Start..words[best.Last].End];
    }
}
