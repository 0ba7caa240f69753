using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DomainFlow.Hosting.Batches;
using DomainFlow.Topology;

namespace DomainFlow.Hosting;

/// <summary>Tells the kinds of event apart and hands each to its handler.</summary>
public sealed class EventDispatcher(FunctionHandlers handlers)
{
    public async Task<Stream> HandleAsync(Stream input, Invocation invocation)
    {
        using var payload = await JsonDocument.ParseAsync(input, cancellationToken: invocation.Deadline);
        var root = payload.RootElement;
        if (handlers.Api is { } api && IsProxyRequest(root))
        {
            // A function that also follows a queue may run for longer than the gateway waits.
            invocation.EndWithin(TimeSpan.FromSeconds(SystemMap.IntegrationTimeoutSeconds));
            var request = root.Deserialize(EventJson.Default.APIGatewayProxyRequest)!;
            return Write(await api.HandleAsync(request, invocation), EventJson.Default.APIGatewayProxyResponse);
        }

        switch (RecordSource(root))
        {
            case "aws:s3" when handlers.ObjectCreated is { } created:
                foreach (var record in root.Deserialize(EventJson.Default.S3Event)!.Records)
                {
                    await created(record, invocation);
                }

                return new MemoryStream("null"u8.ToArray());
            case "aws:sqs" when handlers.Message is { } message:
                var batch = root.Deserialize(EventJson.Default.SQSEvent)!;
                return Write(await QueueBatch.HandleAsync(batch, message, invocation), EventJson.Default.SQSBatchResponse);
        }

        return handlers.Direct is { } direct
            ? new MemoryStream(await direct(root, invocation))
            : throw new NotSupportedException("this function does not take such an event: it is neither of its triggers'");
    }

    private static bool IsProxyRequest(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("httpMethod", out _) && root.TryGetProperty("requestContext", out _);

    private static string? RecordSource(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object
        && root.TryGetProperty("Records", out var records)
        && records.ValueKind == JsonValueKind.Array
        && records.GetArrayLength() > 0
        && records[0].TryGetProperty("eventSource", out var source)
            ? source.GetString()
            : null;

    private static MemoryStream Write<T>(T answer, JsonTypeInfo<T> type) => new(JsonSerializer.SerializeToUtf8Bytes(answer, type));
}
