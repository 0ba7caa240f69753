using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Language;

namespace DomainFlow.Playbooks.Learning;

/// <summary>
/// Multinomial logistic regression over <see cref="CategoryFeatures"/>, by stochastic gradient descent with step sizes of each weight's own
/// (AdaGrad). The same examples give the same model.
/// </summary>
internal sealed class CategoryTrainer
{
    private const int Epochs = 16;
    private const int LeastCount = 3;
    private const int LongestFeature = 80;
    private const float Step = 0.5f;
    private const float Decay = 1e-3f;
    private const float Calm = 1e-2f;

    /// <summary>So many of a text's features are left out each time that it is learned from: no single word is relied upon.</summary>
    private const double LeftOut = 0.65;

    /// <summary>A probability that is wrong by less moves nothing: most categories are out of the question for most texts.</summary>
    private const float Negligible = 1e-3f;

    private readonly int categories;
    private readonly List<string> features;
    private readonly float[] values;
    private readonly float[] weights;
    private readonly float[] history;
    private readonly float[] bias;
    private readonly float[] biasHistory;

    private CategoryTrainer(int categories, List<string> features)
    {
        this.categories = categories;
        this.features = features;
        values = [.. features.Select(feature => (float)CategoryFeatures.Weight(feature))];
        weights = new float[features.Count * categories];
        history = new float[weights.Length];
        bias = new float[categories];
        biasHistory = new float[categories];
    }

    /// <param name="Category">Its place among the ids.</param>
    /// <param name="Weight">What it counts for.</param>
    public sealed record Example(string Text, int Category, float Weight);

    public static LearnedCategories Train(IReadOnlyList<string> categoryIds, IReadOnlyList<Example> examples)
    {
        var heard = examples.Select(example => CategoryFeatures.Of(example.Text)).ToList();
        var features = heard.SelectMany(set => set).CountBy(feature => feature).Where(count => count.Value >= LeastCount && count.Key.Length <= LongestFeature)
            .Select(count => count.Key).Order(StringComparer.Ordinal).ToList();
        var index = features.Select((feature, row) => (feature, row)).ToDictionary(item => item.feature, item => item.row, StringComparer.Ordinal);
        var trainer = new CategoryTrainer(categoryIds.Count, features);
        var vectors = heard.Select(set => set.Where(index.ContainsKey).Select(feature => index[feature]).Order().ToArray()).ToList();
        var order = Enumerable.Range(0, examples.Count).ToArray();
        var random = new Random(1);
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            random.Shuffle(order);
            foreach (var place in order)
                trainer.Learn(Array.FindAll(vectors[place], _ => random.NextDouble() >= LeftOut), examples[place]);
        }

        return trainer.Result(categoryIds);
    }

    private void Learn(int[] rows, Example example)
    {
        var norm = 1f / MathF.Sqrt(1 + rows.Sum(row => values[row] * values[row]));
        var errors = Errors(rows, norm, example);
        for (var category = 0; category < categories; category++)
        {
            if (MathF.Abs(errors[category]) < Negligible)
                continue;
            var gradient = errors[category] * example.Weight;
            biasHistory[category] += gradient * gradient;
            bias[category] -= 0.1f * gradient / MathF.Sqrt(biasHistory[category] + Calm);
            foreach (var row in rows)
                Move((row * categories) + category, gradient * norm * values[row]);
        }
    }

    private void Move(int cell, float gradient)
    {
        var pulled = gradient + (Decay * weights[cell]);
        history[cell] += pulled * pulled;
        weights[cell] -= Step * pulled / MathF.Sqrt(history[cell] + Calm);
    }

    /// <summary>By category: what the model says, less what is true.</summary>
    private float[] Errors(int[] rows, float norm, Example example)
    {
        var scores = new float[categories];
        foreach (var row in rows)
        {
            var value = values[row] * norm;
            var cells = weights.AsSpan(row * categories, categories);
            for (var category = 0; category < categories; category++)
                scores[category] += value * cells[category];
        }

        var sum = 0f;
        var top = scores.Zip(bias, (score, own) => score + own).Max();
        for (var category = 0; category < categories; category++)
            sum += scores[category] = MathF.Exp(scores[category] + bias[category] - top);
        for (var category = 0; category < categories; category++)
            scores[category] = (scores[category] / sum) - (category == example.Category ? 1 : 0);
        return scores;
    }

    private LearnedCategories Result(IReadOnlyList<string> categoryIds)
    {
        var scale = weights.Length == 0 ? 1 : weights.Max(MathF.Abs) / sbyte.MaxValue;
        if (scale == 0)
            scale = 1;
        return new LearnedCategories(
            categoryIds,
            [.. bias.Select(own => Math.Round(own, 4))],
            features,
            [.. weights.Select(weight => (sbyte)MathF.Round(weight / scale))],
            Math.Round(scale, 6));
    }
}
