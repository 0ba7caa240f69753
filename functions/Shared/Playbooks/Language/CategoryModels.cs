using System.Runtime.CompilerServices;
using DomainFlow.Domain.Playbooks;

namespace DomainFlow.Playbooks.Language;

/// <summary>One model for each configuration that is in use, for as long as it is.</summary>
internal sealed class CategoryModels
{
    private readonly ConditionalWeakTable<LearnedCategories, CategoryModel> kept = [];

    /// <summary>Null where the domain has learned nothing.</summary>
    public CategoryModel? Of(DomainConfiguration domain) => domain.Learned is { } learned ? kept.GetValue(learned, made => new CategoryModel(made)) : null;
}
