using DomainFlow.Playbooks.Offline;
using Microsoft.Extensions.AI;

namespace DomainFlow.Query.Answering;

/// <summary>How what is searched is ranked where the caller does not say.</summary>
public static class Ranking
{
    public const string Text = "text";
    public const string Vector = "vector";
    public const string Hybrid = "hybrid";

    /// <summary>Words and vectors together where a model makes the embeddings; words alone where they are hashed features, which rank worse than
    /// words and make the fused ranking worse too.</summary>
    public static string Default(IEmbeddingGenerator<string, Embedding<float>> embeddings) =>
        embeddings.GetService(typeof(EmbeddingGeneratorMetadata)) is EmbeddingGeneratorMetadata { DefaultModelId: OfflineChatClient.ModelId } ? Text : Hybrid;
}
