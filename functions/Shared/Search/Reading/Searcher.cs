using System.Buffers;
using System.Text.Json;
using DomainFlow.Domain.Search;
using DomainFlow.Search.Wire;
using OpenSearch.Net;

namespace DomainFlow.Search.Reading;

/// <summary>Searches by words and by vector in one round trip and fuses both rankings here, which every version and Serverless allow.</summary>
internal sealed class Searcher(OpenSearchCalls calls, OpenSearchOptions options)
{
    private const int FusedDepth = 200;

    /// <summary>Equal vectors are cut off by the graph in an order of its own: with so many more, ties up to there are broken by id.</summary>
    private const int LeastCandidates = 100;

    public async Task<IReadOnlyList<SearchHit>> RunAsync(AskedSearch asked, CancellationToken cancellationToken)
    {
        var searches = new List<Action<Utf8JsonWriter>>();
        var depth = asked.IsFused ? FusedDepth : asked.Request.Limit;
        if (asked.Words is not null)
            searches.Add(json => Write(json, depth, () => SearchBodies.WriteTextQuery(json, asked)));
        if (asked.Unit is not null)
            searches.Add(json => Write(json, depth, () => SearchBodies.WriteVectorQuery(json, asked, Math.Max(2 * depth, LeastCandidates), options)));
        var answers = await AskAsync(asked.Request, searches, cancellationToken);
        var texts = asked.Words is null ? null : answers[0].Select(hit => hit with { Score = hit.Score / (1 + hit.Score) }).ToList();
        var vectors = asked.Unit is null ? null : answers[^1];
        if (texts is null)
            return [.. vectors!.Select(hit => hit.ToHit(hit.Score, null, hit.Score))];
        return vectors is null
            ? [.. texts.Select(hit => hit.ToHit(hit.Score, hit.Score, null))]
            : await FuseAsync(asked, texts, vectors, cancellationToken);
    }

    private async Task<IReadOnlyList<SearchHit>> FuseAsync(
        AskedSearch asked, IReadOnlyList<FoundDocument> texts, IReadOnlyList<FoundDocument> vectors, CancellationToken cancellationToken)
    {
        var fused = ReciprocalRank.Fuse([.. texts.Select(hit => hit.Id)], [.. vectors.Select(hit => hit.Id)]).Take(asked.Request.Limit).ToList();
        var byText = texts.ToDictionary(hit => hit.Id);
        var byVector = vectors.ToDictionary(hit => hit.Id);
        var far = fused.Select(hit => hit.Id).Where(id => !byVector.ContainsKey(id)).ToList();
        foreach (var hit in await ScoreAsync(asked, far, cancellationToken))
            byVector[hit.Id] = hit;
        // One that is in no answer by vector has been deleted between the two.
        return
        [
            .. from hit in fused
               where byVector.ContainsKey(hit.Id)
               select byVector[hit.Id].ToHit(hit.Score, byText.GetValueOrDefault(hit.Id)?.Score, byVector[hit.Id].Score),
        ];
    }

    /// <summary>How near these are, which only their words have brought up.</summary>
    private async Task<IReadOnlyList<FoundDocument>> ScoreAsync(AskedSearch asked, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        ids.Count == 0 ? [] : (await AskAsync(
            asked.Request,
            [json => Write(json, ids.Count, () => SearchBodies.WriteVectorQuery(json, asked, ids.Count, options, ids))],
            cancellationToken))[0];

    private static void Write(Utf8JsonWriter json, int size, Action writeQuery)
    {
        json.WriteStartObject();
        SearchBodies.WritePage(json, size);
        writeQuery();
        json.WriteEndObject();
    }

    private async Task<IReadOnlyList<IReadOnlyList<FoundDocument>>> AskAsync(
        SearchRequest request, IReadOnlyList<Action<Utf8JsonWriter>> searches, CancellationToken cancellationToken)
    {
        var body = new ArrayBufferWriter<byte>(32 * 1024);
        foreach (var search in searches)
        {
            WriteLine(body, json => WriteHeader(json, request.Tenant));
            WriteLine(body, search);
        }

        var retry = new Retry(options);
        while (true)
        {
            var answer = await calls.AskAsync(
                (client, token) => client.MultiSearchAsync<BytesResponse>(
                    options.Physical(request.Index), PostData.ReadOnlyMemory(body.WrittenMemory), ctx: token),
                cancellationToken);
            using var json = answer.Json();
            var responses = json.RootElement.GetProperty("responses").EnumerateArray().ToList();
            if (responses.Find(response => response.TryGetProperty("error", out _)) is not { ValueKind: JsonValueKind.Object } failed)
                return [.. responses.Select(FoundDocument.Read)];
            var (status, reason) = (failed.GetProperty("status").GetInt32(), ErrorText.Of(failed.GetProperty("error")));
            if (status is not (429 or >= 500))
                throw new InvalidOperationException($"OpenSearch refuses the search: {status} {reason}");
            if (!await retry.WaitAsync(cancellationToken))
                throw new SearchUnavailableException($"{status} {reason}");
        }
    }

    /// <summary>A shard that does not answer is a failure, not fewer hits.</summary>
    private void WriteHeader(Utf8JsonWriter json, Guid tenant)
    {
        json.WriteStartObject();
        json.WriteBoolean("allow_partial_search_results", false);
        if (options.RoutesByTenant && !options.IsServerless)
            json.WriteString("routing", tenant);
        json.WriteEndObject();
    }

    private static void WriteLine(ArrayBufferWriter<byte> body, Action<Utf8JsonWriter> write)
    {
        using (var json = new Utf8JsonWriter(body))
            write(json);
        body.Write("\n"u8);
    }
}
