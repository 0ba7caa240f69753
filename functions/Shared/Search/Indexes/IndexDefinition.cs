using System.Text.Json.Nodes;
using DomainFlow.Domain.Search;
using DomainFlow.Search.Wire;

namespace DomainFlow.Search.Indexes;

/// <summary>Settings and fields of an index, and what is wrong with one that is there.</summary>
internal static class IndexDefinition
{
    private const int M = 16;
    private const int EfConstruction = 128;
    private const string Space = "cosinesimil";

    public static JsonObject Of(OpenSearchOptions options)
    {
        var definition = new JsonObject
        {
            ["settings"] = new JsonObject { ["index"] = Settings(options), ["analysis"] = WordAnalysis.Of() },
            ["mappings"] = new JsonObject { ["dynamic"] = "strict", ["properties"] = Properties(options) },
        };
        IndexFingerprint.Put(definition);
        return definition;
    }

    /// <param name="found">The index as GET answers it.</param>
    /// <returns>The first thing in which it is not what it must be; null where it fits.</returns>
    public static string? Difference(JsonObject found, OpenSearchOptions options)
    {
        if (found["mappings"]?["properties"] is not JsonObject fields)
            return "it has no fields";
        foreach (var (name, wanted) in Properties(options))
        {
            if (fields[name] is not JsonObject field)
                return $"the field {name} is missing";
            if ((string?)wanted!["type"] != (string?)field["type"])
                return $"the field {name} is of type {field["type"]}, not {wanted["type"]}";
        }

        return (options.IsServerless ? null : Is("setting index.knn", found["settings"]?["index"]?["knn"]?.ToString(), "true"))
            ?? VectorDifference(fields[Field.Vector]!.AsObject(), options)
            ?? ReleaseDifference(found, Of(options));
    }

    /// <summary>An index without a mark is older than the words of this release.</summary>
    private static string? ReleaseDifference(JsonObject found, JsonObject wanted) =>
        IndexFingerprint.Find(found) == IndexFingerprint.Of(wanted)
            ? null
            : $"it was made by another release ({DefinitionDifference.Find(wanted, found) ?? "its words are made another way"})";

    private static string? Is(string what, string? there, string? wanted) => there == wanted ? null : $"its {what} is {there ?? "not said"}, not {wanted}";

    private static string? VectorDifference(JsonObject vector, OpenSearchOptions options)
    {
        var engine = EngineName(options);
        return Is("dimension", vector["dimension"]?.ToString(), $"{options.Dimensions}")
            ?? Is("space type", vector["method"]?["space_type"]?.ToString() ?? vector["space_type"]?.ToString(), Space)
            ?? (options.IsServerless ? null : Is("engine", vector["method"]?["engine"]?.ToString(), engine));
    }

    private static JsonObject Settings(OpenSearchOptions options)
    {
        var settings = new JsonObject { ["knn"] = true };
        if (options.IsServerless)
            return settings;
        settings["number_of_shards"] = options.Shards;
        if (options.Replicas is { } replicas)
            settings["number_of_replicas"] = replicas;
        if (options.ExactSearchThreshold is { } threshold)
            settings["knn.advanced.filtered_exact_search_threshold"] = threshold;
        return settings;
    }

    private static JsonObject Properties(OpenSearchOptions options) => new()
    {
        [Field.Incident] = Typed("keyword"),
        [Field.Tenant] = Typed("keyword"),
        [Field.Domain] = Typed("keyword"),
        [Field.CreatedAt] = Typed("date"),
        [Field.Deleted] = Typed("boolean"),
        // Kept to be shown; what is searched are the words made of it.
        [Field.Text] = new JsonObject { ["type"] = "text", ["index"] = false },
        [Field.Words] = WordAnalysis.Fields(),
        [Field.Vector] = new JsonObject
        {
            ["type"] = "knn_vector",
            ["dimension"] = options.Dimensions,
            ["method"] = Method(options),
        },
    };

    private static JsonObject Method(OpenSearchOptions options)
    {
        var parameters = new JsonObject { ["m"] = M, ["ef_construction"] = EfConstruction };
        var method = new JsonObject { ["name"] = "hnsw", ["space_type"] = Space, ["parameters"] = parameters };
        // The next generation of Serverless chooses the engine itself.
        if (options.IsServerless)
            return method;
        method["engine"] = EngineName(options);
        if (options.Engine == VectorEngine.Faiss)
            parameters["ef_search"] = options.EfSearch;
        return method;
    }

    private static string EngineName(OpenSearchOptions options) => options.Engine == VectorEngine.Faiss ? "faiss" : "lucene";

    private static JsonObject Typed(string type) => new() { ["type"] = type };
}
