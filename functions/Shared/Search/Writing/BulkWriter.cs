using System.Buffers;
using System.Text.Json;
using DomainFlow.Search.Wire;
using OpenSearch.Net;

namespace DomainFlow.Search.Writing;

/// <summary>Writes by bulk requests of a bounded size, one after the other. Of each, only what the service could not take just now is sent again.</summary>
internal sealed class BulkWriter(OpenSearchCalls calls, OpenSearchOptions options)
{
    /// <returns>An outcome for each write, in their order.</returns>
    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(string index, IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken)
    {
        var outcomes = new WriteOutcome[writes.Count];
        var batch = new BulkBatch(options);
        for (var place = 0; place < writes.Count; place++)
        {
            if (writes[place].Refusal is { } refusal)
                outcomes[place] = new WriteOutcome.Refused(writes[place].Id, refusal);
            else if (!batch.TryAdd(place, writes[place]))
            {
                await SendAsync(index, batch, outcomes, cancellationToken);
                batch = new BulkBatch(options);
                batch.TryAdd(place, writes[place]);
            }
        }

        await SendAsync(index, batch, outcomes, cancellationToken);
        return outcomes;
    }

    private async Task SendAsync(string index, BulkBatch batch, WriteOutcome[] outcomes, CancellationToken cancellationToken)
    {
        var retry = new Retry(options);
        var left = batch.Lines;
        while (left.Count > 0)
        {
            var answers = await OnceAsync(index, left, cancellationToken);
            var again = new List<BulkLine>();
            foreach (var (line, answer) in left.Zip(answers))
            {
                outcomes[line.Place] = answer.Outcome(line.Write);
                if (outcomes[line.Place] is WriteOutcome.Unavailable)
                    again.Add(line);
            }

            left = again;
            if (left.Count > 0 && !await retry.WaitAsync(cancellationToken))
                return;
        }
    }

    private async Task<IReadOnlyList<BulkItem>> OnceAsync(string index, IReadOnlyList<BulkLine> lines, CancellationToken cancellationToken)
    {
        var body = new ArrayBufferWriter<byte>(lines.Sum(line => line.Bytes.Length));
        foreach (var line in lines)
            body.Write(line.Bytes.Span);
        var parameters = options.Visibility switch
        {
            WriteVisibility.AtOnce => new BulkRequestParameters { Refresh = Refresh.True },
            WriteVisibility.AwaitRefresh => new BulkRequestParameters { Refresh = Refresh.WaitFor },
            _ => null,
        };
        var answer = await calls.OnceAsync(
            (client, token) => client.BulkAsync<BytesResponse>(options.Physical(index), PostData.ReadOnlyMemory(body.WrittenMemory), parameters, token),
            cancellationToken);
        if (answer.IsSuccess)
            return BulkItem.Read(answer.Body!, lines.Count);
        return answer.IsTransient
            ? [.. Enumerable.Repeat(new BulkItem(answer.Status ?? 503, answer.Reason), lines.Count)]
            : throw new InvalidOperationException($"OpenSearch refuses the request: {answer.Reason}");
    }
}

/// <param name="Place">In the caller's batch.</param>
internal sealed record BulkLine(int Place, DocumentWrite Write, ReadOnlyMemory<byte> Bytes);

/// <summary>Writes that fit into one request.</summary>
internal sealed class BulkBatch(OpenSearchOptions options)
{
    private readonly List<BulkLine> lines = [];
    private int bytes;

    public IReadOnlyList<BulkLine> Lines => lines;

    /// <returns>False where it would grow too large by it; the first always fits.</returns>
    public bool TryAdd(int place, DocumentWrite write)
    {
        var body = new ArrayBufferWriter<byte>(24 * 1024);
        write.WriteTo(body, options.RoutesByTenant && !options.IsServerless);
        if (lines.Count > 0 && (lines.Count == options.BulkDocuments || bytes + body.WrittenCount > options.BulkBytes))
            return false;
        lines.Add(new(place, write, body.WrittenMemory));
        bytes += body.WrittenCount;
        return true;
    }
}

/// <summary>What the service said to one write.</summary>
internal sealed record BulkItem(int Status, string Reason)
{
    /// <summary>The items of a bulk answer, each for the write of its place.</summary>
    public static IReadOnlyList<BulkItem> Read(ReadOnlyMemory<byte> body, int count)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var items = json.RootElement.GetProperty("items").EnumerateArray().Select(item => Of(item.EnumerateObject().First().Value)).ToList();
            if (items.Count == count)
                return items;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Cut off on its way: which writes were taken is not known, and all may be sent again.
        }

        return [.. Enumerable.Repeat(new BulkItem(503, "the answer cannot be read"), count)];
    }

    public WriteOutcome Outcome(DocumentWrite write) => Status switch
    {
        >= 200 and < 300 => new WriteOutcome.Stored(write.Id),
        // A removal that finds nothing, or a newer document, has nothing to do either.
        409 => new WriteOutcome.Superseded(write.Id),
        404 when write.Fields is null => new WriteOutcome.Superseded(write.Id),
        408 or 429 or >= 500 => new WriteOutcome.Unavailable(write.Id, $"{Status} {Reason}"),
        _ => new WriteOutcome.Refused(write.Id, $"{Status} {Reason}"),
    };

    private static BulkItem Of(JsonElement item) =>
        new(item.GetProperty("status").GetInt32(), item.TryGetProperty("error", out var error) ? ErrorText.Of(error) : "");
}
