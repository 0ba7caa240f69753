namespace DomainFlow.Domain.Playbooks;

/// <summary>A linear text model of a domain's categories, learned from reports whose category was known.</summary>
/// <param name="CategoryIds">The columns of the model.</param>
/// <param name="Bias">One for each category: what it scores where no feature is heard.</param>
/// <param name="Features">Words, pairs of words and parts of words; the rows of the model.</param>
/// <param name="Weights">Features times categories, row after row, in units of <paramref name="Scale"/>.</param>
/// <param name="Scale">What a weight of 1 adds.</param>
public sealed record LearnedCategories(
    IReadOnlyList<string> CategoryIds, IReadOnlyList<double> Bias, IReadOnlyList<string> Features, IReadOnlyList<sbyte> Weights, double Scale);
