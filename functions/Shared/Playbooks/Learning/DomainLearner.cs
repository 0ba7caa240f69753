using System.Text.RegularExpressions;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Language;

namespace DomainFlow.Playbooks.Learning;

/// <summary>What reports of the past teach about a domain.</summary>
/// <param name="Categories">Each with the words that speak most for it.</param>
/// <param name="Model">Null where the reports name fewer than two categories.</param>
/// <param name="Places">Streets with houses, crossings, recurring names.</param>
public sealed record LearnedDomain(IReadOnlyList<Category> Categories, LearnedCategories? Model, IReadOnlyList<Place> Places);

/// <summary>Learns a domain from labelled reports. The same reports in the same order give the same domain.</summary>
public static partial class DomainLearner
{
    private const int WordsPerCategory = 8;
    private const int LeastReports = 3;

    public static LearnedDomain Learn(IReadOnlyList<LabelledReport> reports)
    {
        var names = reports.Where(report => report.Category.Length > 0).CountBy(report => report.Category).Where(name => name.Value >= LeastReports)
            .OrderByDescending(name => name.Value).ThenBy(name => name.Key, StringComparer.Ordinal).Select(name => name.Key).ToList();
        var ids = Ids(names);
        var places = PlaceLearner.Learn(reports);
        if (names.Count < 2)
            return new LearnedDomain([.. names.Select((name, at) => new Category(ids[at], name, [], UrgencyWords.Usual(name)))], null, places);
        var model = CategoryTrainer.Train(ids, Examples(reports, names));
        return new LearnedDomain([.. names.Select((name, at) => new Category(ids[at], name, Words(model, at), UrgencyWords.Usual(name)))], model, places);
    }

    /// <summary>Each report whole, and its description and summary by themselves: reporters give both or either.</summary>
    private static List<CategoryTrainer.Example> Examples(IReadOnlyList<LabelledReport> reports, List<string> names)
    {
        var places = names.Select((name, place) => (name, place)).ToDictionary(item => item.name, item => item.place);
        var examples = new List<CategoryTrainer.Example>();
        foreach (var report in reports.Where(report => report.Text.Length > 0))
        {
            if (!places.TryGetValue(report.Category, out var category))
                continue;
            examples.Add(new CategoryTrainer.Example(report.Text, category, 1));
            if (report.Description.Length > 0 && report.Description != report.Text)
                examples.Add(new CategoryTrainer.Example(report.Description, category, 1.3f));
            if (report.Summary.Length > 0 && report.Summary != report.Text)
                examples.Add(new CategoryTrainer.Example(report.Summary, category, 0.5f));
        }

        return examples;
    }

    private static List<string> Words(LearnedCategories model, int category) =>
    [
        .. model.Features.Select((feature, row) => (feature, weight: model.Weights[(row * model.CategoryIds.Count) + category]))
            .Where(item => item.weight > 0 && CategoryFeatures.IsReadable(item.feature) && !char.IsAsciiDigit(item.feature[0])
                && item.feature.Split(' ').All(word => word.Length > 2 && !StopWords.Contains(word)))
            .OrderByDescending(item => item.weight).ThenBy(item => item.feature, StringComparer.Ordinal)
            .Take(WordsPerCategory).Select(item => item.feature),
    ];

    private static List<string> Ids(List<string> names)
    {
        var ids = new List<string>();
        foreach (var name in names)
        {
            var id = NoLetters().Replace(Language.Words.Fold(name), "-").Trim('-');
            if (id.Length == 0)
                id = "category";
            ids.Add(ids.Contains(id) ? $"{id}-{ids.Count + 1}" : id);
        }

        return ids;
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NoLetters();
}
