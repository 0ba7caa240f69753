using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using DomainFlow.Search.Wire;
using OpenSearch.Net;

namespace DomainFlow.Search.Indexes;

/// <summary>Indexes that are known to be there and to fit: each is made or checked once.</summary>
internal sealed class PreparedIndexes(OpenSearchCalls calls, OpenSearchOptions options)
{
    private readonly ConcurrentDictionary<string, bool> known = new();

    /// <exception cref="SearchIndexMismatchException">The index is there and does not fit.</exception>
    public async Task EnsureAsync(string index, CancellationToken cancellationToken)
    {
        if (known.ContainsKey(index))
            return;
        var name = options.Physical(index);
        if (await FindAsync(name, cancellationToken) is not { } found)
        {
            await CreateAsync(name, cancellationToken);
            found = await FindAsync(name, cancellationToken) ?? throw new InvalidOperationException($"The search index {name} was made and is not there.");
        }

        if (IndexDefinition.Difference(found, options) is { } difference)
            throw new SearchIndexMismatchException(name, difference);
        known[index] = true;
    }

    private async Task<JsonObject?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var answer = await calls.AskAsync((client, token) => client.Indices.GetAsync<BytesResponse>(name, ctx: token), cancellationToken, isAnswer: 404);
        // Its own name comes back, also where it was asked for by an alias.
        return answer.IsSuccess ? JsonNode.Parse(answer.Body)!.AsObject().First().Value!.AsObject() : null;
    }

    /// <summary>Another process may be first: then the index that is there is checked like any other.</summary>
    private async Task CreateAsync(string name, CancellationToken cancellationToken)
    {
        var body = IndexDefinition.Of(options).ToJsonString();
        var answer = await calls.AskAsync((client, token) => client.Indices.CreateAsync<BytesResponse>(name, PostData.String(body), ctx: token), cancellationToken, isAnswer: 400);
        if (!answer.IsSuccess && !Encoding.UTF8.GetString(answer.Body ?? []).Contains("resource_already_exists_exception", StringComparison.Ordinal))
            throw new InvalidOperationException($"OpenSearch does not make the index {name}: {answer.Reason}");
    }
}
