using DomainFlow.Domain.Search;
using Npgsql;

namespace DomainFlow.Embedded.Search;

/// <summary>Ranks a tenant's documents by meaning, exactly: every vector that passes the filter is compared.</summary>
internal sealed class VectorRanking(NpgsqlDataSource dataSource, long cacheBytes)
{
    private const string Stream = $"SELECT d.id, d.embedding FROM embedded.search_documents d WHERE {SearchFilter.Sql}";

    private readonly VectorCache cache = new(dataSource, cacheBytes);

    public async Task<IReadOnlyList<(Guid Id, double Score)>> RankAsync(
        SearchRequest request, SearchFilter filter, float[] asked, int depth, CancellationToken cancellationToken)
    {
        var best = new BestHits(depth);
        if (await cache.CurrentAsync(request.Index, request.Tenant, cancellationToken) is { } vectors)
        {
            foreach (var vector in vectors.Where(filter.Matches))
                best.Offer(vector.Id, Embeddings.Score(asked, vector.Unit));
            return best.BestFirst();
        }

        await using var command = dataSource.CreateCommand(Stream);
        command.Bind(filter.Parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            best.Offer(reader.GetGuid(0), Embeddings.Score(asked, Embeddings.FromBytes(reader.GetFieldValue<byte[]>(1))));
        return best.BestFirst();
    }
}
