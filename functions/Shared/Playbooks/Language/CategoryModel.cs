using DomainFlow.Domain.Playbooks;

namespace DomainFlow.Playbooks.Language;

/// <summary>A learned category model, indexed once for each version of its domain. Safe to share between runs.</summary>
internal sealed class CategoryModel
{
    private readonly LearnedCategories learned;
    private readonly sbyte[] weights;
    private readonly Dictionary<string, int> rows;

    public CategoryModel(LearnedCategories learned)
    {
        this.learned = learned;
        weights = [.. learned.Weights];
        rows = new Dictionary<string, int>(learned.Features.Count, StringComparer.Ordinal);
        for (var row = 0; row < learned.Features.Count; row++)
            rows[learned.Features[row]] = row;
    }

    /// <param name="Score">The model's probability, 0 to 1.</param>
    public sealed record Candidate(string CategoryId, double Score);

    /// <summary>The likeliest categories, best first.</summary>
    public IReadOnlyList<Candidate> Rank(string text, int most)
    {
        var scores = Scores(text);
        var top = scores.Max();
        var sum = scores.Sum(score => Math.Exp(score - top));
        return
        [
            .. scores.Select((score, place) => new Candidate(learned.CategoryIds[place], Math.Exp(score - top) / sum))
                .OrderByDescending(candidate => candidate.Score).ThenBy(candidate => candidate.CategoryId, StringComparer.Ordinal)
                .Take(most),
        ];
    }

    private double[] Scores(string text)
    {
        var count = learned.CategoryIds.Count;
        var sums = new double[count];
        var norm = 1.0;
        foreach (var feature in CategoryFeatures.Of(text))
        {
            if (!rows.TryGetValue(feature, out var row))
                continue;
            var weight = CategoryFeatures.Weight(feature);
            norm += weight * weight;
            var cells = weights.AsSpan(row * count, count);
            for (var category = 0; category < count; category++)
                sums[category] += weight * cells[category];
        }

        var scale = learned.Scale / Math.Sqrt(norm);
        for (var category = 0; category < count; category++)
            sums[category] = learned.Bias[category] + (sums[category] * scale);
        return sums;
    }
}
