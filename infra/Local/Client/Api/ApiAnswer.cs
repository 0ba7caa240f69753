using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DomainFlow.Local.Client.Api;

/// <summary>A response, read to its end.</summary>
public sealed record ApiAnswer(HttpStatusCode Status, string Body, TimeSpan? RetryAfter = null, bool IsRepeat = false)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <exception cref="ApiException">The request was refused.</exception>
    /// <exception cref="ClientException">The answer is not what the interface promises.</exception>
    public T Read<T>()
    {
        if (!IsSuccess) throw new ApiException(this);
        try
        {
            return JsonSerializer.Deserialize<T>(Body, Wire.Options) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new ClientException($"an answer could not be read as {typeof(T).Name}: {e.Message}", e);
        }
    }

    /// <summary>What the problem document says, with the field that it names.</summary>
    public string Problem() => $"{(int)Status} {Detail()}{(Field() is { } field ? $" [{field}]" : "")}";

    /// <summary>What the problem document says; the status where there is none.</summary>
    public string Detail() =>
        Document() is { } problem && (problem["detail"] ?? problem["title"] ?? problem["message"] ?? problem["Message"]) is JsonValue value
            && value.TryGetValue<string>(out var text) ? text : Status.ToString();

    /// <summary>The field that the problem document names first.</summary>
    public string? Field() =>
        Document()?["errors"] is JsonArray { Count: > 0 } errors && errors[0] is JsonObject error && error["field"] is JsonValue value
            && value.TryGetValue<string>(out var field) ? field : null;

    private JsonObject? Document()
    {
        try
        {
            return JsonNode.Parse(Body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A request was refused; the message tells what the problem document says.</summary>
public sealed class ApiException(ApiAnswer answer) : Exception(answer.Problem())
{
    public HttpStatusCode Status => answer.Status;

    public string? Field => answer.Field();

    public string Detail => answer.Detail();
}
