using System.Text.Json;
using System.Text.Json.Nodes;
using DomainFlow.Domain.Search;
using DomainFlow.Search.Wire;
using OpenSearch.Net;

namespace DomainFlow.Search.Reading;

/// <summary>Documents and tombstones as they are stored, without ranking them.</summary>
internal sealed class StoredDocuments(OpenSearchCalls calls, OpenSearchOptions options)
{
    private const int ReadSize = 500;

    private bool IsRouted => options.RoutesByTenant && !options.IsServerless;

    /// <summary>As they are now: this way sees what no refresh has shown to searches yet.</summary>
    public async Task<IReadOnlyList<StoredDocument>> ByIdsAsync(
        string index, Guid tenant, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var found = new List<StoredDocument>(ids.Count);
        foreach (var part in ids.Distinct().Chunk(ReadSize))
        {
            var body = new JsonObject { ["docs"] = new JsonArray([.. part.Select(id => Wanted(tenant, id))]) }.ToJsonString();
            var answer = await calls.AskAsync(
                (client, token) => client.DoRequestAsync<BytesResponse>(
                    OpenSearch.Net.HttpMethod.POST, $"{Uri.EscapeDataString(options.Physical(index))}/_mget", token, PostData.String(body)),
                cancellationToken);
            using var json = answer.Json();
            foreach (var document in json.RootElement.GetProperty("docs").EnumerateArray())
            {
                if (document.TryGetProperty("error", out var error))
                    throw new SearchUnavailableException(ErrorText.Of(error));
                if (document.GetProperty("found").GetBoolean())
                    found.Add(Stored(document));
            }
        }

        return found;
    }

    public async Task<IReadOnlyList<StoredDocument>> PageAsync(string index, Guid tenant, Guid? after, int limit, CancellationToken cancellationToken)
    {
        if (limit < 1)
            return [];
        var body = Page(limit, Term(Field.Tenant, tenant.ToString()), Term(Field.Deleted, "false"));
        body["sort"] = new JsonArray(Ascending(Field.Incident));
        if (after is { } last)
            body["search_after"] = new JsonArray(last.ToString());
        using var json = await SearchAsync(index, tenant, body, cancellationToken);
        return [.. Hits(json).Select(Stored)];
    }

    /// <summary>Tombstones of all tenants that were written before that time, by time.</summary>
    /// <param name="after">The last of the page before.</param>
    public async Task<IReadOnlyList<Tombstone>> TombstonesAsync(
        string index, DateTimeOffset before, Tombstone? after, int limit, CancellationToken cancellationToken)
    {
        if (limit < 1)
            return [];
        var old = new JsonObject { ["range"] = new JsonObject { [Field.CreatedAt] = new JsonObject { ["lt"] = before.UtcDateTime.ToString("O") } } };
        var body = Page(limit, Term(Field.Deleted, "true"), old);
        body["_source"] = new JsonArray(Field.Tenant, Field.Incident);
        body["sort"] = new JsonArray(Ascending(Field.CreatedAt), Ascending(Field.Tenant), Ascending(Field.Incident));
        if (after is not null)
            body["search_after"] = new JsonArray(after.CreatedAt, after.Tenant.ToString(), after.Id.ToString());
        using var json = await SearchAsync(index, tenant: null, body, cancellationToken);
        return [.. Hits(json).Select(Buried)];
    }

    /// <param name="tenant">Null: of all.</param>
    private async Task<JsonDocument> SearchAsync(string index, Guid? tenant, JsonObject body, CancellationToken cancellationToken)
    {
        var parameters = new SearchRequestParameters { AllowPartialSearchResults = false };
        if (IsRouted && tenant is { } one)
            parameters.Routing = [one.ToString()];
        var text = body.ToJsonString();
        var answer = await calls.AskAsync(
            (client, token) => client.SearchAsync<BytesResponse>(options.Physical(index), PostData.String(text), parameters, token), cancellationToken);
        return answer.Json();
    }

    private JsonObject Wanted(Guid tenant, Guid id)
    {
        var wanted = new JsonObject { ["_id"] = DocumentId.Of(tenant, id), ["_source"] = Shown() };
        if (IsRouted)
            wanted["routing"] = tenant.ToString();
        return wanted;
    }

    private static JsonObject Page(int size, params JsonObject[] filter) => new()
    {
        ["size"] = size,
        ["version"] = true,
        ["track_total_hits"] = false,
        ["_source"] = Shown(),
        ["query"] = new JsonObject { ["bool"] = new JsonObject { ["filter"] = new JsonArray([.. filter]) } },
    };

    private static JsonArray Shown() => [Field.Incident, Field.Domain, Field.Text, Field.Deleted];

    private static JsonObject Term(string field, string value) => new() { ["term"] = new JsonObject { [field] = value } };

    private static JsonObject Ascending(string field) => new() { [field] = "asc" };

    private static JsonElement.ArrayEnumerator Hits(JsonDocument json) => json.RootElement.GetProperty("hits").GetProperty("hits").EnumerateArray();

    private static StoredDocument Stored(JsonElement document)
    {
        var source = document.GetProperty("_source");
        return new(
            source.GetProperty(Field.Incident).GetGuid(), source.GetProperty(Field.Domain).GetString()!, source.GetProperty(Field.Text).GetString()!,
            VersionOf(document).Version, source.GetProperty(Field.Deleted).GetBoolean());
    }

    private static Tombstone Buried(JsonElement hit)
    {
        var source = hit.GetProperty("_source");
        return new(source.GetProperty(Field.Tenant).GetGuid(), source.GetProperty(Field.Incident).GetGuid(), VersionOf(hit), hit.GetProperty("sort")[0].GetInt64());
    }

    private static StoredVersion VersionOf(JsonElement document) => new(document.GetProperty("_version").GetInt64());
}

/// <param name="CreatedAt">When it was written, in milliseconds of the epoch.</param>
internal sealed record Tombstone(Guid Tenant, Guid Id, StoredVersion Version, long CreatedAt);
