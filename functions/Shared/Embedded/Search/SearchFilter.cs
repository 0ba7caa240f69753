using DomainFlow.Domain.Search;
using Npgsql;
using static DomainFlow.Embedded.Parameters;

namespace DomainFlow.Embedded.Search;

/// <summary>What a hit must be, said twice: to PostgreSQL, and to the vectors in memory (which are one tenant's already).</summary>
internal sealed class SearchFilter(SearchRequest request)
{
    /// <summary>Over <c>embedded.search_documents d</c>, with the first six parameters.</summary>
    public const string Sql = """
        d.index_name = $1 AND d.tenant_id = $2 AND NOT d.deleted
        AND ($3 IS NULL OR d.domain_id = $3) AND ($4 IS NULL OR d.created_at >= $4) AND ($5 IS NULL OR d.created_at < $5)
        AND ($6 IS NULL OR d.id = ANY ($6))
        """;

    private readonly HashSet<Guid>? ids = request.Ids?.ToHashSet();
    private readonly DateTimeOffset? from = WholeMicroseconds(request.From);
    private readonly DateTimeOffset? to = WholeMicroseconds(request.To?.AddTicks(TimeSpan.TicksPerMicrosecond - 1));

    public NpgsqlParameter[] Parameters =>
        [Text(request.Index), Id(request.Tenant), Text(request.DomainId), Time(from), Time(to), Ids(ids)];

    public bool Matches(StoredVector vector) =>
        (request.DomainId is null || vector.DomainId == request.DomainId)
        && !(vector.CreatedAt < from) && !(vector.CreatedAt >= to)
        && (ids is null || ids.Contains(vector.Id));

    /// <summary>PostgreSQL keeps microseconds: a bound with more digits would shut out what lies on its side of it.</summary>
    private static DateTimeOffset? WholeMicroseconds(DateTimeOffset? time) =>
        time is { } at ? at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond)) : null;
}
