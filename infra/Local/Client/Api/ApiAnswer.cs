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
    public string Problem()
    {
        try
        {
            if (JsonNode.Parse(Body) is JsonObject problem)
            {
                var field = (string?)problem["errors"]?[0]?["field"];
                var detail = (string?)(problem["detail"] ?? problem["title"] ?? problem["message"] ?? problem["Message"]);
                return $"{(int)Status} {detail ?? Status.ToString()}{(field is null ? "" : $" [{field}]")}";
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentOutOfRangeException)
        {
        }

        return $"{(int)Status} {Status}";
    }
}

/// <summary>A request was refused; the message tells what the problem document says.</summary>
public sealed class ApiException(ApiAnswer answer) : Exception(answer.Problem())
{
    public HttpStatusCode Status => answer.Status;
}
