using System.Text.Json;
using System.Text.Json.Nodes;
using DomainFlow.Local.Signing;
using Microsoft.AspNetCore.Http;

namespace DomainFlow.Local.Queues;

/// <summary>
/// The operator's door to the dead letters: GET /_queues/dead-letters?queue=&amp;message=&amp;limit= and POST /_queues/redrive with
/// {"queue"?, "message"?, "dry_run"?}. Signed as calls of the Invoke API are.
/// </summary>
internal sealed class DeadLettersApi(DeadLetters letters, SignedRequest signed)
{
    public const string PathStart = "/_queues/";

    private const int StandardLimit = 100;
    private const int MaxLimit = 10_000;
    private const int MaxBody = 64 * 1024;

    public async Task HandleAsync(HttpContext context)
    {
        var (body, refused) = await signed.ReadAsync(context, MaxBody);
        await (body is null ? ErrorAsync(context, refused!.Status, refused.Message) : HandleAsync(context, body));
    }

    private Task HandleAsync(HttpContext context, byte[] body) =>
        (context.Request.Method, context.Request.Path.Value![PathStart.Length..]) switch
        {
            ("GET", "dead-letters") => ListAsync(context),
            ("POST", "redrive") => RedriveAsync(context, body),
            _ => ErrorAsync(context, 404, "there are GET dead-letters and POST redrive"),
        };

    private async Task ListAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (ReadChoice(query["queue"], query["message"]) is not { } choice)
        {
            await ErrorAsync(context, 400, "message must be a UUID");
            return;
        }

        var limit = int.TryParse(query["limit"], out var asked) ? Math.Clamp(asked, 1, MaxLimit) : StandardLimit;
        var (found, total) = await letters.ListAsync(choice, limit, context.RequestAborted);
        await context.Response.WriteAsJsonAsync(new { total, items = found.Select(Show) }, context.RequestAborted);
    }

    private async Task RedriveAsync(HttpContext context, byte[] sent)
    {
        if (Parse(sent) is not { } body || ReadChoice((string?)body["queue"], (string?)body["message"]) is not { } choice)
        {
            await ErrorAsync(context, 400, "the body must be {\"queue\"?, \"message\"?, \"dry_run\"?}, message a UUID");
            return;
        }

        if ((bool?)body["dry_run"] ?? false)
        {
            var (found, total) = await letters.ListAsync(choice, MaxLimit, context.RequestAborted);
            await context.Response.WriteAsJsonAsync(new { redriven = 0, would = total, items = found.Select(Show) }, context.RequestAborted);
            return;
        }

        var back = await letters.RedriveAsync(choice, context.RequestAborted);
        await context.Response.WriteAsJsonAsync(new { redriven = back.Count, items = back.Select(Show) }, context.RequestAborted);
    }

    private static JsonObject? Parse(byte[] body)
    {
        try
        {
            return body.Length > 0 ? JsonNode.Parse(body) as JsonObject : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static DeadLetterChoice? ReadChoice(string? queue, string? message) =>
        string.IsNullOrEmpty(message) ? new(NullIfEmpty(queue), null)
            : Guid.TryParse(message, out var id) ? new(NullIfEmpty(queue), id)
            : null;

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static object Show(DeadLetter letter) => new
    {
        queue = letter.Queue,
        id = letter.Id,
        source = letter.Source,
        sent_at = letter.SentAt,
        died_at = letter.DiedAt,
        deliveries = letter.ReceiveCount,
        reason = letter.Reason,
        about = MessageSubject.Of(letter.Body),
    };

    private static Task ErrorAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { message }, context.RequestAborted);
    }
}
