using DomainFlow.Domain.Search;
using DomainFlow.Playbooks.Language;
using Microsoft.Extensions.AI;

namespace DomainFlow.Playbooks.Offline;

/// <summary>
/// Embeddings without a model: word stems and what they are synonyms of, pairs of neighbours and three- to five-letter pieces, hashed into
/// dimensions with a sign each. Unit length, never zero, the same in every process.
/// </summary>
/// <param name="dimensions">Length of the vectors: the fewer, the more words share one.</param>
public sealed class OfflineEmbeddingGenerator(int dimensions = SearchIndexes.Dimensions) : IEmbeddingGenerator<string, Embedding<float>>
{
    private const double WordWeight = 1.0;
    private const double ConceptWeight = 0.7;
    private const double PairWeight = 0.4;
    private const double PieceWeight = 0.25;

    private readonly EmbeddingGeneratorMetadata about = new("offline", null, OfflineChatClient.ModelId, dimensions);

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var embeddings = values.Select(value => new Embedding<float>(Embed(value, dimensions)) { ModelId = OfflineChatClient.ModelId });
        return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(embeddings));
    }

    /// <summary>The unit vector of one text.</summary>
    public static float[] Embed(string text, int dimensions = SearchIndexes.Dimensions)
    {
        var sums = new double[dimensions];
        var words = Words.Of(text).Where(word => !StopWords.Contains(word.Lower)).ToList();
        // Common words repeat; the third time says less than the first.
        foreach (var (stem, count) in words.CountBy(word => word.Stem))
        {
            var weight = 1 + Math.Log(count);
            Add(sums, $"w {stem}", WordWeight * weight);
            Add(sums, $"k {Concepts.Of(stem)}", ConceptWeight * weight);
            for (var length = 3; length <= 5; length++)
            {
                var padded = $"<{stem}>";
                for (var at = 0; at + length <= padded.Length; at++)
                    Add(sums, $"c {padded.AsSpan(at, length)}", PieceWeight * weight / Math.Sqrt(padded.Length));
            }
        }

        for (var i = 0; i + 1 < words.Count; i++)
            Add(sums, $"p {words[i].Stem} {words[i + 1].Stem}", PairWeight);
        return Unit(sums, text);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null : serviceType == typeof(EmbeddingGeneratorMetadata) ? about : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // Holds nothing.
    }

    private static void Add(double[] sums, string feature, double weight)
    {
        var hash = StableHash.Of(feature);
        sums[hash % (ulong)sums.Length] += (hash >> 63) == 0 ? weight : -weight;
    }

    private static float[] Unit(double[] sums, string text)
    {
        var length = Math.Sqrt(sums.Sum(value => value * value));
        if (length < 1e-9)
        {
            // Stop words only, signs only or nothing: search refuses a zero vector.
            Array.Clear(sums);
            Add(sums, $"t {text.Trim().ToLowerInvariant()}", 1);
            length = 1;
        }

        return [.. sums.Select(value => (float)(value / length))];
    }
}
