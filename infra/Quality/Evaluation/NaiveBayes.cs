using DomainFlow.Playbooks.Learning;

namespace DomainFlow.Quality.Evaluation;

/// <summary>The yardstick: multinomial naive Bayes over plain words, with add-one smoothing, and nothing else.</summary>
internal sealed class NaiveBayes
{
    private readonly Dictionary<string, double> prior;
    private readonly Dictionary<string, Dictionary<string, int>> counts = [];
    private readonly Dictionary<string, int> totals = [];
    private readonly HashSet<string> vocabulary = [];

    public NaiveBayes(IReadOnlyList<LabelledReport> reports)
    {
        prior = reports.CountBy(report => report.Category).ToDictionary(count => count.Key, count => Math.Log(count.Value / (double)reports.Count));
        foreach (var category in reports.GroupBy(report => report.Category))
        {
            var words = category.SelectMany(report => Words(report.Text)).ToList();
            counts[category.Key] = words.CountBy(word => word).ToDictionary();
            totals[category.Key] = words.Count;
            vocabulary.UnionWith(words);
        }

        Majority = prior.Count == 0 ? null : prior.MaxBy(category => category.Value).Key;
    }

    /// <summary>Null where there was nothing to learn from.</summary>
    public string? Majority { get; }

    public string? Category(string text)
    {
        var words = Words(text).Where(vocabulary.Contains).ToList();
        return prior.Keys.MaxBy(category => prior[category]
            + words.Sum(word => Math.Log((counts[category].GetValueOrDefault(word) + 1.0) / (totals[category] + vocabulary.Count))));
    }

    private static IEnumerable<string> Words(string text) =>
        text.ToLowerInvariant().Split(text.Where(letter => !char.IsLetterOrDigit(letter)).Distinct().ToArray(), StringSplitOptions.RemoveEmptyEntries);
}
