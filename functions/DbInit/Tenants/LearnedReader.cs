using DomainFlow.Domain.Playbooks;

namespace DomainFlow.DbInit.Tenants;

/// <summary>Reads and checks a domain's learned model.</summary>
internal static class LearnedReader
{
    private const int MaxFeatureLength = 100;

    /// <param name="categories">Of the same request: the model speaks of these.</param>
    /// <returns>Null where the errors say what is wrong.</returns>
    public static LearnedCategories? Read(JsonFields fields, IReadOnlyList<Category?>? categories)
    {
        fields.Only("categories", "bias", "scale", "features", "weights");
        var ids = fields.Texts("categories", 100);
        var bias = fields.Numbers("bias");
        var scale = fields.Number("scale", above: 0, atMost: 1000);
        var features = fields.Texts("features", MaxFeatureLength);
        var weights = fields.Bytes("weights");
        var known = categories?.Select(category => category?.Id).ToHashSet() ?? [];
        foreach (var id in ids.Where(id => !known.Contains(id)))
            fields.Fail(fields.At("categories"), $"'{id}' is not among the domain's categories, which must stand beside it.");
        if (bias is null || scale is null || weights is null) return null;
        if (bias.Count != ids.Count) fields.Fail(fields.At("bias"), $"must hold {ids.Count} numbers, one for each of the categories.");
        if (weights.Length != ids.Count * features.Count)
            fields.Fail(fields.At("weights"), $"must hold {ids.Count * features.Count} bytes: categories times features.");
        return new LearnedCategories(ids, bias, features, [.. weights.Select(weight => (sbyte)weight)], scale.Value);
    }
}
