using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace DomainFlow.Local.Queues;

/// <summary>A batch of messages as Lambda's event source mapping for SQS delivers it, and how it reads the answer.</summary>
internal static class SqsBatch
{
    public static byte[] ToEvent(string queue, IReadOnlyList<Message> messages) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        Records = messages.Select(message => new
        {
            messageId = message.Id.ToString(),
            receiptHandle = message.Receipt.ToString(),
            body = message.Body,
            attributes = new
            {
                ApproximateReceiveCount = message.ReceiveCount.ToString(),
                SentTimestamp = Milliseconds(message.SentAt),
                SenderId = LocalNames.Account,
                ApproximateFirstReceiveTimestamp = Milliseconds(message.FirstReceivedAt),
            },
            messageAttributes = new { },
            md5OfBody = Md5(message.Body),
            eventSource = "aws:sqs",
            eventSourceARN = $"arn:aws:sqs:{LocalNames.Region}:{LocalNames.Account}:{queue}",
            awsRegion = LocalNames.Region,
        }),
    });

    /// <summary>
    /// The messages that the function names as failed (ReportBatchItemFailures). Nothing named is success; an answer that cannot be
    /// read, or names what was not in the batch, fails all of it.
    /// </summary>
    public static BatchOutcome.Tried ReadAnswer(IReadOnlyList<Message> messages, ReadOnlyMemory<byte> payload)
    {
        var known = messages.Select(message => message.Id).ToHashSet();
        BatchOutcome.Tried All(string why) => new(known, why);
        if (payload.Length == 0) return new BatchOutcome.Tried(new HashSet<Guid>(), "");
        try
        {
            using var answer = JsonDocument.Parse(payload);
            if (Failures(answer.RootElement) is not { } failures) return new BatchOutcome.Tried(new HashSet<Guid>(), "");
            var failed = new HashSet<Guid>();
            foreach (var failure in failures.EnumerateArray())
            {
                var named = failure.GetProperty("itemIdentifier").GetString();
                if (!Guid.TryParse(named, out var id) || !known.Contains(id))
                    return All($"batchItemFailures names \"{named}\", which is no message of the batch");
                failed.Add(id);
            }

            return new BatchOutcome.Tried(failed, "the function reported the message as failed");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return All("the function's answer is no batch response: " + e.Message);
        }
    }

    private static JsonElement? Failures(JsonElement answer)
    {
        if (answer.ValueKind == JsonValueKind.Null) return null;
        return answer.TryGetProperty("batchItemFailures", out var failures) && failures.ValueKind != JsonValueKind.Null ? failures : null;
    }

    private static string Milliseconds(DateTime utc) => new DateTimeOffset(utc).ToUnixTimeMilliseconds().ToString();

    [SuppressMessage("Security", "CA5351", Justification = "The field is the MD5 that SQS sends; nothing is secured by it.")]
    private static string Md5(string body) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(body)));
}
