using DomainFlow.Domain.Json;
using DomainFlow.Domain.Storage;

namespace DomainFlow.Domain.Queries;

/// <summary>The items of QueryJobs.</summary>
public sealed class QueryJobBook(ITableStore tables) : ItemBook<QueryJob>(tables, "QueryJobs", "query_id", DomainJson.Default.QueryJob);
