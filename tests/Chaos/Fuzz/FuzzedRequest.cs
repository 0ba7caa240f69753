using System.Text;
using System.Text.Json.Nodes;
using DomainFlow.EndToEnd.Tests.Running;
using DomainFlow.Topology;
using FsCheck;
using FsCheck.Fluent;

namespace DomainFlow.Chaos.Tests.Fuzz;

/// <param name="Path">With its query, below the API's base.</param>
/// <param name="Body">Null for none.</param>
internal sealed record FuzzedRequest(string Method, string Path, IReadOnlyList<(string Name, string Value)> Headers, byte[]? Body)
{
    public override string ToString() =>
        $"{Method} {Path} {string.Join(' ', Headers)} {(Body is null ? "" : Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, 2000))))}";
}

/// <summary>Real requests of every route, mutated: ids, query, headers, and bodies by structure and by bytes.</summary>
internal sealed class RequestGenerator(IReadOnlyList<string> ids)
{
    private static readonly string[] Parameters =
    [
        "domain_id", "status", "work_status", "from", "to", "category", "bbox", "text", "updated_since", "limit", "cursor", "zoom", "include", "group_by", "interval",
        "q", "query", "session_id", "format", "order",
    ];

    private static readonly string[] HeaderNames =
        ["Idempotency-Key", "If-Match", "If-None-Match", "Content-Type", "Accept", "Accept-Language", "X-Forwarded-For", "Range", "X-HTTP-Method-Override"];

    public Gen<FuzzedRequest> Any() =>
        from route in Gen.Elements(Routes.All.ToArray())
        from path in Path(route.Path)
        from query in Query()
        from headers in Headers()
        from body in route.Method is "GET" or "DELETE" ? Gen.Frequency((9, Gen.Constant<byte[]?>(null)), (1, Body(route))) : Body(route)
        select new FuzzedRequest(route.Method, path + query, headers, body);

    private Gen<string> Path(string template) =>
        from id in Gen.Frequency((6, Gen.Elements(ids.ToArray())), (2, Hostile.Text(300)))
        select template.Replace("{id}", Uri.EscapeDataString(Scalars(id)), StringComparison.Ordinal);

    private static Gen<string> Query() =>
        from count in Gen.Frequency((3, Gen.Constant(0)), (4, Gen.Choose(1, 4)))
        from names in Gen.Elements(Parameters).ListOf(count)
        from values in Gen.Frequency((3, Gen.Elements(RunningSystem.Domain, "10", "completed", "-73,41,-72,42", "2026-01-01T00:00:00Z", "category", "8")), (4, Hostile.Text(2000))).ListOf(count)
        select count == 0 ? "" : "?" + string.Join('&', names.Zip(values, (name, value) => $"{name}={Uri.EscapeDataString(Scalars(value))}"));

    private static Gen<IReadOnlyList<(string, string)>> Headers() =>
        from count in Gen.Frequency((5, Gen.Constant(0)), (3, Gen.Choose(1, 3)))
        from names in Gen.Elements(HeaderNames).ListOf(count)
        from values in Gen.Frequency((2, Gen.Elements("\"1\"", "\"2\"", "*", "application/json", "key-1")), (3, Hostile.Text(300))).ListOf(count)
        select (IReadOnlyList<(string, string)>)[.. names.Zip(values)];

    private Gen<byte[]?> Body(RouteDefinition route) =>
        from mutations in Gen.Choose(0, 4)
        from places in Gen.Choose(0, 1000).ListOf(mutations)
        from values in Hostile.Json(2).ListOf(mutations)
        from cut in Gen.Choose(0, 9)
        from noise in Gen.Choose(0, 255).ListOf(3)
        from at in Gen.Choose(0, 10_000)
        select Bytes(Mutated(Example(route), places, values), cut, noise, at);

    private JsonObject Example(RouteDefinition route) => (route.Method, route.Path) switch
    {
        ("POST", "/reports") => new()
        {
            ["domain_id"] = RunningSystem.Domain,
            ["text"] = "Pothole at 12 Tinsmith Street since yesterday",
            ["location"] = new JsonObject { ["lat"] = 41.3, ["lon"] = -72.9 },
            ["reported_at"] = "2026-03-04T12:00:00Z",
            ["images"] = new JsonArray(new JsonObject { ["file_name"] = "a.jpg", ["content_type"] = "image/jpeg", ["size"] = 1000 }),
            ["labels"] = new JsonObject { ["external_id"] = "1" },
        },
        ("POST", "/queries") => new()
        {
            ["domain_id"] = RunningSystem.Domain,
            ["question"] = "Where are potholes?",
            ["wait_seconds"] = 0,
            ["session_id"] = ids[0],
            ["filters"] = new JsonObject { ["category"] = "pothole", ["bbox"] = new JsonArray(-73, 41, -72, 42), ["from"] = "2026-01-01T00:00:00Z" },
        },
        ("PUT", "/reports/{id}") => new() { ["management_data"] = new JsonObject { ["status"] = "in_progress", ["note"] = "seen" } },
        ("PATCH", "/reports/{id}") => new()
        {
            ["ingestion_data"] = new JsonObject { ["entity"] = new JsonObject { ["category"] = "pothole" } },
            ["location"] = new JsonObject { ["lat"] = 41.3, ["lon"] = -72.9 },
            ["category"] = "pothole",
            ["timestamp"] = "2026-03-04T12:00:00Z",
        },
        _ => new() { ["domain_id"] = RunningSystem.Domain, ["title"] = "A session", ["status"] = "completed" },
    };

    /// <summary>Puts a value at a place counted through the tree, takes one away, or adds one.</summary>
    private static JsonObject Mutated(JsonObject body, IEnumerable<int> places, IEnumerable<JsonNode?> values)
    {
        foreach (var (place, value) in places.Zip(values))
        {
            var target = body;
            if (place % 3 == 0 && body.Select(p => p.Value).OfType<JsonObject>().FirstOrDefault() is { Count: > 0 } inner) target = inner;
            var name = target.Count == 0 ? "x" : target.ElementAt(place % target.Count).Key;
            if (place % 7 == 0) target.Remove(name);
            else target[place % 11 == 0 ? name + "x" : name] = value?.DeepClone();
        }

        return body;
    }

    private static byte[]? Bytes(JsonObject body, int cut, IEnumerable<int> noise, int at)
    {
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        return cut switch
        {
            0 => bytes[..(at % bytes.Length)],
            1 => [.. bytes[..(at % bytes.Length)], .. noise.Select(n => (byte)n), .. bytes[(at % bytes.Length)..]],
            2 when at % 50 == 0 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("[{\"a\":", at))),
            3 when at % 50 == 0 => Encoding.UTF8.GetBytes($"{{\"text\":\"{new string('x', 1_100_000)}\"}}"),
            _ => bytes,
        };
    }

    /// <summary>Without the lone surrogates that no address can carry.</summary>
    private static string Scalars(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
