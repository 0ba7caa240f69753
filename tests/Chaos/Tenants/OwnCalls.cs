using System.Text.Json.Nodes;
using DomainFlow.EndToEnd.Tests.Running;

namespace DomainFlow.Chaos.Tests.Tenants;

/// <summary>What a tenant's people do among themselves: it fills the stores, and no answer may show them more than is theirs.</summary>
internal sealed class OwnCalls(Listener listener)
{
    /// <summary>Idempotency keys that all tenants use.</summary>
    private const int SharedKeys = 40;

    public const int FirstSteps = 12;

    private static readonly string[] Words = ["pothole", "lamp", "leak"];
    private static readonly string[] Groups =
        ["domain_id", "status", "work_status", "entity.category", "geo.address", "entity.category,geo.address", "temporal.urgency"];
    private static readonly string[] Modes = ["hybrid", "text", "vector"];

    public Call Any(FuzzedTenant tenant, Random random)
    {
        var person = tenant.People[random.Next(tenant.People.Count)];
        return random.Next(100) switch
        {
            < 10 => Report(tenant, person, random),
            < 14 => Question(tenant, person, random),
            < 17 => OpenSession(tenant, person, random),
            < 20 => Upload(tenant, random) ?? List(tenant, person, random),
            < 22 => Download(tenant, random) ?? List(tenant, person, random),
            < 34 => Shown(tenant, random) ?? Report(tenant, person, random),
            < 40 => Change(tenant, random) ?? Report(tenant, person, random),
            < 46 => SessionCall(tenant, random) ?? OpenSession(tenant, person, random),
            < 50 => QueryShown(tenant, random) ?? Question(tenant, person, random),
            < 68 => List(tenant, person, random),
            < 80 => Search(tenant, person, random),
            < 89 => Map(tenant, person, random),
            89 => new(tenant, "interface", new("GET", "/openapi.json", person.Token), 200),
            _ => Counts(tenant, person, random),
        };
    }

    /// <summary>What a tenant has before others try to reach it.</summary>
    public Call First(FuzzedTenant tenant, int step, Random random) => step switch
    {
        0 or 1 or 2 => ReportOf(tenant, tenant.People[step], turn: 6 * step, key: null),
        3 => OpenSession(tenant, tenant.People[1], random),
        4 => Question(tenant, tenant.People[1], random),
        5 or 6 => Upload(tenant, random)!,
        7 => ListOf(tenant, tenant.People[0], "/reports?limit=1"),
        _ => Shown(tenant, random)!,
    };

    private Call Report(FuzzedTenant tenant, Person person, Random random)
    {
        var key = random.Next(3) == 0 ? random.Next(SharedKeys) : (int?)null;
        return ReportOf(tenant, person, key ?? random.Next(100_000), key);
    }

    /// <summary>The body follows from tenant and turn, so that whoever uses a key again repeats the request.</summary>
    private Call ReportOf(FuzzedTenant tenant, Person person, int turn, int? key)
    {
        var (west, south) = (tenant.Box[0], tenant.Box[1]);
        var body = new JsonObject
        {
            ["domain_id"] = key is null && turn % 5 == 0 ? tenant.OwnDomain : RunningSystem.Domain,
            ["text"] = $"{Words[turn % 3]} at {turn % 90} {tenant.Street}, {tenant.Handle} {tenant.Mark} number {turn}",
            ["labels"] = new JsonObject { ["note"] = tenant.Mark },
            ["source"] = tenant.Mark,
        };
        if (turn % 2 == 0) body["location"] = new JsonObject { ["lat"] = south + (turn % 97 / 100.0), ["lon"] = west + (turn % 89 / 100.0) };
        if (turn % 3 == 0)
            body["images"] = new JsonArray(new JsonObject { ["file_name"] = $"{tenant.Mark}.png", ["content_type"] = "image/png", ["size"] = 500 });
        tenant.Starts();
        return new(tenant, "report", new("POST", "/reports", person.Token, body) { Headers = Key(key) }, 202, 404)
        {
            Learn = reply =>
            {
                Keep(tenant, tenant.Reports, reply, "incident_id", person);
                foreach (var upload in reply.Json["uploads"]!.AsArray()) tenant.Uploads.Add(upload!.DeepClone().AsObject());
            },
        };
    }

    private Call Question(FuzzedTenant tenant, Person person, Random random)
    {
        var key = random.Next(3) == 0 ? random.Next(SharedKeys) : (int?)null;
        var session = key is null ? tenant.Sessions.Any(random) : null;
        var body = new JsonObject
        {
            ["domain_id"] = RunningSystem.Domain,
            ["question"] = $"How many {Words[(key ?? random.Next(3)) % 3]} reports of {tenant.Handle} are at {tenant.Street}?",
            ["wait_seconds"] = key is null && random.Next(4) == 0 ? 2 : 0,
        };
        if (session is not null) body["session_id"] = session.Id.ToString();
        var asker = session?.Owner ?? person;
        // A session may have been deleted since.
        return new(tenant, "question", new("POST", "/queries", asker.Token, body) { Headers = Key(key) }, 200, 202, 404)
        {
            Learn = reply => Keep(tenant, tenant.Queries, reply, "query_id", asker),
        };
    }

    private Call OpenSession(FuzzedTenant tenant, Person person, Random random)
    {
        var body = new JsonObject { ["domain_id"] = RunningSystem.Domain, ["title"] = $"{tenant.Handle} {tenant.Mark} {random.Next(100)}" };
        return new(tenant, "session", new("POST", "/sessions", person.Token, body), 201)
        {
            Learn = reply => Keep(tenant, tenant.Sessions, reply, "session_id", person),
        };
    }

    private static Call? Upload(FuzzedTenant tenant, Random random) => tenant.Uploads.Any(random) is { } grant
        ? new(tenant, "upload", Granted(grant, tenant), 204, 403)
        : null;

    public static Asking Granted(JsonObject grant, FuzzedTenant tenant) => new("POST", (string)grant["url"]!)
    {
        Fields = grant["fields"]!.AsObject().ToDictionary(field => field.Key, field => (string)field.Value!),
        File = MarkedPhoto.Of(tenant.Mark),
    };

    private static Call? Download(FuzzedTenant tenant, Random random) => tenant.Downloads.Any(random) is { } url
        ? new(tenant, "download", new("GET", url.ToString()), 200, 403, 404)
        {
            Wrong = reply => reply.Body.Contains(tenant.Mark, StringComparison.Ordinal) ? null : "the photo is not this tenant's",
        }
        : null;

    private static Call? Shown(FuzzedTenant tenant, Random random) => tenant.Reports.Any(random) is { } report
        ? new(tenant, "show", new("GET", $"/reports/{report.Id}", AnyToken(tenant, random)) { Headers = Known(tenant, random) }, 200, 304, 404)
        {
            Learn = reply => LearnReport(tenant, reply),
        }
        : null;

    private static Call? Change(FuzzedTenant tenant, Random random)
    {
        if (tenant.Reports.Any(random) is not { } report) return null;
        var (path, token) = ($"/reports/{report.Id}", AnyToken(tenant, random));
        var position = new JsonObject { ["lat"] = tenant.Box[1] + random.NextDouble(), ["lon"] = tenant.Box[0] + random.NextDouble() };
        return random.Next(12) switch
        {
            0 => new(tenant, "delete", new("DELETE", path, token), 204, 404),
            1 => new(tenant, "reprocess", new("POST", $"{path}/reprocess", token), 202, 404),
            2 => new(tenant, "reprocess all", new("POST", $"/reports/reprocess?domain_id={RunningSystem.Domain}&limit=2", token), 202),
            3 => new(tenant, "correct", new("PATCH", path, token, new() { ["location"] = position }), 200, 404),
            4 => new(tenant, "correct", new("PATCH", path, token, new() { ["category"] = $"leak-{tenant.Mark}" }), 200, 404),
            < 8 => new(tenant, "correct", new("PATCH", path, token, new()
            {
                ["ingestion_data"] = new JsonObject { ["geo"] = new JsonObject { ["address"] = $"{random.Next(90)} {tenant.Street}, corrected" } },
            }), 200, 404),
            _ => new(tenant, "manage", new("PUT", path, token, new() { ["management_data"] = new JsonObject { ["note"] = $"{tenant.Mark} {random.Next(9)}" } })
            {
                Headers = [("If-Match", "*")],
            }, 200, 404),
        };
    }

    private static Call? SessionCall(FuzzedTenant tenant, Random random)
    {
        if (tenant.Sessions.Any(random) is not { } session) return null;
        var (path, token) = ($"/sessions/{session.Id}", session.Owner.Token);
        return random.Next(12) switch
        {
            0 => new(tenant, "delete session", new("DELETE", path, token), 204, 404),
            < 3 => new(tenant, "rename", new("PUT", path, token, new() { ["title"] = $"{tenant.Handle} {tenant.Mark} again" }), 200, 404, 409),
            < 6 => new(tenant, "sessions", new("GET", "/sessions?limit=2", token), 200) { Learn = reply => LearnPlace(tenant, "/sessions?limit=2", reply) },
            < 10 => new(tenant, "messages", new("GET", $"{path}/messages?limit=1", token), 200, 404)
            {
                Learn = reply => LearnPlace(tenant, $"{path}/messages?limit=1", reply),
            },
            _ => new(tenant, "show session", new("GET", path, token), 200, 404),
        };
    }

    private static Call? QueryShown(FuzzedTenant tenant, Random random) => tenant.Queries.Any(random) is { } query
        ? new(tenant, "show query", new("GET", $"/queries/{query.Id}", query.Owner.Token), 200)
        : null;

    private static Call List(FuzzedTenant tenant, Person person, Random random)
    {
        if (random.Next(4) == 0 && tenant.Lists.Any(random) is { } place && place.Path.StartsWith("/reports", StringComparison.Ordinal))
        {
            return new(tenant, "list on", new("GET", $"{place.Path}&cursor={place.Cursor}", person.Token), 200)
            {
                Learn = reply => LearnPlace(tenant, place.Path, reply),
            };
        }

        var path = $"/reports?limit={1 + random.Next(20)}{Filters(tenant, random, "bbox")}";
        return ListOf(tenant, person, path, Known(tenant, random));
    }

    private static Call ListOf(FuzzedTenant tenant, Person person, string path, IReadOnlyList<(string, string)>? headers = null) =>
        new(tenant, "list", new("GET", path, person.Token) { Headers = headers ?? [] }, 200, 304) { Learn = reply => LearnPlace(tenant, path, reply) };

    private static Call Search(FuzzedTenant tenant, Person person, Random random)
    {
        var words = random.Next(3) switch { 0 => tenant.Handle, 1 => Words[random.Next(3)], _ => $"{Words[random.Next(3)]} {tenant.Street}" };
        var domain = random.Next(2) == 0 ? "" : $"&domain_id={RunningSystem.Domain}";
        var path = $"/search?text={Uri.EscapeDataString(words)}&mode={Modes[random.Next(3)]}&limit={1 + random.Next(50)}{domain}";
        return new(tenant, "search", new("GET", path, person.Token), 200);
    }

    private static Call Map(FuzzedTenant tenant, Person person, Random random)
    {
        var path = $"/data/geo?zoom={random.Next(15)}{Filters(tenant, random, "")}&bbox=-180,-90,180,90";
        return new(tenant, "map", new("GET", path, person.Token) { Headers = Known(tenant, random) }, 200, 304)
        {
            Wrong = reply => TooMany(tenant, reply.Json["features"]!.AsArray().Sum(feature => (long?)feature!["properties"]!["count"] ?? 1)),
            Learn = reply => LearnTag(tenant, reply),
        };
    }

    private static Call Counts(FuzzedTenant tenant, Person person, Random random) =>
        new(tenant, "counts", new("GET", $"/data/aggregated?group_by={Groups[random.Next(Groups.Length)]}{Filters(tenant, random, "bbox")}", person.Token)
        {
            Headers = Known(tenant, random),
        }, 200, 304)
        {
            Wrong = reply => TooMany(tenant, reply.Json["groups"]!.AsArray().Sum(group => (long)group!["count"]!)),
            Learn = reply => LearnTag(tenant, reply),
        };

    private static string? TooMany(FuzzedTenant tenant, long count) =>
        count > tenant.Started ? $"it counts {count} reports where {tenant.Started} were sent" : null;

    private static string Filters(FuzzedTenant tenant, Random random, string box) => random.Next(9) switch
    {
        0 => $"&domain_id={RunningSystem.Domain}",
        1 => $"&domain_id={tenant.OwnDomain}",
        2 => $"&text={tenant.Handle}",
        3 => $"&category={Words[random.Next(3)]}-{tenant.Mark}",
        4 when box.Length > 0 => $"&{box}=-180,-90,180,90",
        5 => "&status=completed",
        6 => "&updated_since=2026-01-01T00:00:00Z",
        7 => "&work_status=pending&from=2026-01-01T00:00:00Z",
        _ => "",
    };

    private static IReadOnlyList<(string, string)> Key(int? key) => key is null ? [] : [("Idempotency-Key", $"key-{key}")];

    private static string AnyToken(FuzzedTenant tenant, Random random) => tenant.People[random.Next(tenant.People.Count)].Token;

    private static IReadOnlyList<(string, string)> Known(FuzzedTenant tenant, Random random) =>
        random.Next(4) == 0 && tenant.Tags.Any(random) is { } tag ? [("If-None-Match", tag)] : [];

    private void Keep(FuzzedTenant tenant, Known<Owned> known, Reply reply, string name, Person owner)
    {
        var id = Guid.Parse((string)reply.Json[name]!);
        listener.Owns(tenant, id);
        known.Add(new(id, owner));
    }

    private static void LearnReport(FuzzedTenant tenant, Reply reply)
    {
        LearnTag(tenant, reply);
        if (reply.Status != 200) return;
        foreach (var image in reply.Json["images"]!.AsArray())
        {
            if ((string?)image!["url"] is { } url) tenant.Downloads.Add(new(url));
        }
    }

    private static void LearnPlace(FuzzedTenant tenant, string path, Reply reply)
    {
        LearnTag(tenant, reply);
        if (reply.Status == 200 && (string?)reply.Json["next_cursor"] is { } cursor) tenant.Lists.Add(new(path, cursor));
    }

    private static void LearnTag(FuzzedTenant tenant, Reply reply)
    {
        if (reply.Tag is { } tag) tenant.Tags.Add(tag);
    }
}
