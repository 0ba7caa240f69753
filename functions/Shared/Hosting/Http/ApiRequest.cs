using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.Lambda.APIGatewayEvents;
using DomainFlow.Domain.Tenancy;
using DomainFlow.Topology;

namespace DomainFlow.Hosting.Http;

/// <summary>A proxy request, read with care: what is wrong ends it with a problem that names the field.</summary>
public sealed class ApiRequest(APIGatewayProxyRequest request, Invocation invocation)
{
    private Caller? _caller;
    private string? _bodyText;

    public Invocation Invocation { get; } = invocation;

    public CancellationToken Deadline => Invocation.Deadline;

    /// <summary>Who calls; asked for on every route that is not public.</summary>
    public Caller Caller => _caller ??= CallerClaims.Read(request.RequestContext?.Authorizer?.Claims);

    public QueryParameters Query { get; } = new(request.MultiValueQueryStringParameters, request.QueryStringParameters);

    public string? Header(string name)
    {
        foreach (var (key, value) in request.Headers ?? new Dictionary<string, string>())
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>The route that is served; null before it is known.</summary>
    internal RouteDefinition? Route { get; set; }

    /// <summary>Refuses a caller none of whose groups may use the route.</summary>
    /// <param name="isOpen">The route opens to self-reporting, and the domain allows that: any user of the tenant may use it.</param>
    /// <exception cref="ProblemException">403.</exception>
    public void RequireRight(bool isOpen = false)
    {
        var route = Route ?? throw new InvalidOperationException("No route is known");
        if (!route.Public && !(isOpen && route.OpensToSelfReporting) && !route.IsAllowedTo(Caller.Groups))
        {
            throw new ProblemException(Problem.Forbidden(
                $"{route.Method} {route.Path} is for the groups {string.Join(", ", route.Groups)}; the caller is in {string.Join(", ", Caller.Groups)}"));
        }
    }

    /// <summary>A path parameter, decoded.</summary>
    public string PathText(string name) =>
        request.PathParameters is { } path && path.TryGetValue(name, out var text) ? Uri.UnescapeDataString(text) : "";

    /// <summary>The path parameter {id}, a UUID; anything else is a thing that does not exist.</summary>
    public Guid PathId(string what) =>
        request.PathParameters is { } path && path.TryGetValue("id", out var text) && Guid.TryParseExact(text, "D", out var id)
            ? id
            : throw new ProblemException(Problem.NotFound($"There is no {what} with this id", "id"));

    /// <summary>The client's Idempotency-Key, where it sent one: 1 to 128 printable ASCII characters.</summary>
    public string? IdempotencyKey()
    {
        var key = Header("Idempotency-Key");
        if (key is null)
        {
            return null;
        }

        return key.Length is > 0 and <= 128 && key.All(c => c is > ' ' and <= '~')
            ? key
            : throw new ProblemException(Problem.Invalid("Idempotency-Key", "Idempotency-Key must be 1 to 128 printable ASCII characters without spaces"));
    }

    /// <summary>The body's text, at most <see cref="SystemMap.MaxBodyBytes"/> after decoding.</summary>
    /// <exception cref="ProblemException">400, 413 or 415.</exception>
    public string BodyText() => _bodyText ??= BodyReader.Text(request.Body ?? "", request.IsBase64Encoded, Header("Content-Encoding"));

    /// <summary>The body as JSON; a member that the type does not know is refused by name.</summary>
    public T Body<T>(JsonTypeInfo<T> type)
    {
        BodyReader.CheckType(Header("Content-Type"));
        var text = BodyText();
        try
        {
            StorableJson.Check(text);
            return JsonSerializer.Deserialize(text, type) ?? throw new ProblemException(Problem.Invalid("body", "The body must be a JSON object"));
        }
        catch (JsonException error)
        {
            throw new ProblemException(Malformed(text, error));
        }
    }

    private static Problem Malformed(string text, JsonException error)
    {
        if (text.Length == 0)
        {
            return Problem.Invalid("body", "The body is empty; a JSON object is expected");
        }

        var field = error.Path?.TrimStart('$').TrimStart('.');
        var where = error is { LineNumber: { } line, BytePositionInLine: { } column } ? $" (line {line + 1}, byte {column + 1})" : "";
        return error.InnerException is JsonException || string.IsNullOrEmpty(field) && !error.Message.Contains("could not be mapped", StringComparison.Ordinal)
            ? Problem.Invalid(string.IsNullOrEmpty(field) ? "body" : field, $"The body is not valid JSON{where}")
            : Problem.Invalid(string.IsNullOrEmpty(field) ? "body" : field, Explain(error) + where);
    }

    private static string Explain(JsonException error)
    {
        var message = error.Message;
        if (message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal))
        {
            var name = message.Split('\'') is { Length: > 1 } parts ? parts[1] : "?";
            return $"The field '{name}' is not known here";
        }

        if (message.Contains("missing required properties", StringComparison.Ordinal))
        {
            var names = message[(message.LastIndexOf(':') + 1)..].Trim().TrimEnd('.');
            return $"Required and missing: {names}";
        }

        return message.StartsWith("must ", StringComparison.Ordinal) ? message.Split(" Path:")[0] : "The value has the wrong type";
    }
}
