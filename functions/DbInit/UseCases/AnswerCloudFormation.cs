using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DomainFlow.Hosting;

namespace DomainFlow.DbInit.UseCases;

/// <summary>
/// DbInit as a custom resource of a stack: Create and Update lay the schema, Delete deletes nothing. Whatever happens, CloudFormation gets
/// its answer: a stack that gets none waits for an hour.
/// </summary>
public sealed class AnswerCloudFormation(LaySchema laySchema, HttpClient http, TimeProvider clock)
{
    private const int MaxReason = 1000;
    private const int PutAttempts = 4;

    // Kept for the answer, out of the function's own time.
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(15);

    /// <summary>Whether a payload is a custom resource's event.</summary>
    public static bool Takes(JsonElement payload) =>
        payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty("RequestType", out _) && payload.TryGetProperty("ResponseURL", out _);

    /// <returns>The answer that CloudFormation was given.</returns>
    /// <exception cref="HttpRequestException">The answer could not be delivered.</exception>
    public async Task<JsonObject> RunAsync(JsonElement payload, Invocation invocation)
    {
        var log = new WorkLog();
        var reason = await FailureAsync(payload, log, invocation);
        var answer = new JsonObject
        {
            ["Status"] = reason is null ? "SUCCESS" : "FAILED",
            ["Reason"] = reason is null ? "See the function's log." : Shorten(reason),
            ["PhysicalResourceId"] = Text(payload, "PhysicalResourceId") ?? "domainflow-schema",
            ["StackId"] = Text(payload, "StackId"),
            ["RequestId"] = Text(payload, "RequestId"),
            ["LogicalResourceId"] = Text(payload, "LogicalResourceId"),
            ["Data"] = new JsonObject { ["Created"] = string.Join(' ', log.Made.Take(20)) },
        };
        await PutAsync(new Uri(Text(payload, "ResponseURL")!, UriKind.Absolute), answer.ToJsonString(), invocation.Deadline);
        return answer;
    }

    private async Task<string?> FailureAsync(JsonElement payload, WorkLog log, Invocation invocation)
    {
        var requestType = Text(payload, "RequestType");
        if (requestType == "Delete") return null;
        if (requestType is not ("Create" or "Update")) return $"RequestType is '{requestType}': it must be Create, Update or Delete.";

        using var time = new CancellationTokenSource(Max(invocation.Remaining - AnswerTime, TimeSpan.FromSeconds(1)), clock);
        using var work = CancellationTokenSource.CreateLinkedTokenSource(time.Token, invocation.Deadline);
        try
        {
            return await laySchema.RunAsync(log, work.Token) is { } refused ? $"{refused.Field}: {refused.Message}" : null;
        }
        catch (Exception failure)
        {
            // A broken environment is CloudFormation's to hear, or the stack would wait for its time-out.
            FunctionLog.Error(failure, "The schema could not be laid");
            return time.IsCancellationRequested ? "The schema could not be laid in time." : failure.Message;
        }
    }

    private async Task PutAsync(Uri address, string body, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                // The address is signed for a body without a content type.
                using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = (MediaTypeHeaderValue?)null } };
                using var response = await http.PutAsync(address, content, cancellationToken);
                response.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException failed) when (attempt < PutAttempts)
            {
                FunctionLog.Warning("CloudFormation's answer was not taken ({0}); again", (object?)failed.StatusCode ?? failed.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(200 * attempt), clock, cancellationToken);
            }
        }
    }

    private static string Shorten(string text) => text.Length <= MaxReason ? text : text[..MaxReason];

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
