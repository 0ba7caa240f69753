using System.Text.Json.Nodes;
using DomainFlow.EndToEnd.Tests.Running;

namespace DomainFlow.Chaos.Tests.Tenants;

/// <summary>What a tenant's people try on another tenant's things: nothing may come of it, and nothing tells what is there from what is not.</summary>
internal sealed class ForeignCalls(ForgedTokens forged)
{
    /// <summary>Begins the name of each such call.</summary>
    public const string Prefix = "foreign: ";

    public Call? Any(FuzzedTenant caller, FuzzedTenant victim, Random random)
    {
        var token = caller.People[random.Next(caller.People.Count)].Token;
        var everybody = caller.People[1].Token;
        var call = random.Next(16) switch
        {
            < 4 => ById(caller, victim, token, random),
            4 => ForeignSession(caller, victim, token, random),
            5 => ForeignDomain(caller, victim, token, random),
            6 => ForeignCursor(caller, victim, everybody, random),
            < 9 => Search(caller, victim, token, random),
            9 => Filter(caller, victim, token, random),
            10 => Question(caller, victim, token, random),
            11 => Named(caller, victim, token, random),
            12 => forged.Any(caller, victim, random),
            13 => ForeignDownload(caller, victim, random),
            14 => ForeignUpload(caller, victim, random),
            _ => OfTheSamePerson(caller, victim, random),
        };
        return call is null ? null : call with { What = Prefix + call.What };
    }

    /// <summary>Every route with an id.</summary>
    private static Call? ById(FuzzedTenant caller, FuzzedTenant victim, string token, Random random)
    {
        IReadOnlyList<(string, string)> headers = random.Next(3) switch
        {
            0 => [("If-Match", "*")],
            1 => [("If-Match", $"\"{random.Next(1, 6)}\""), ("Idempotency-Key", $"key-{random.Next(40)}")],
            _ => victim.Tags.Any(random) is { } tag ? [("If-None-Match", tag)] : [("If-None-Match", "*")],
        };
        (string Method, Known<Owned> Things, string Path, JsonObject? Body) tried = random.Next(10) switch
        {
            0 => ("GET", victim.Reports, "/reports/{id}", null),
            1 => ("PUT", victim.Reports, "/reports/{id}", new JsonObject { ["management_data"] = new JsonObject { ["note"] = caller.Mark } }),
            2 => ("PATCH", victim.Reports, "/reports/{id}", new JsonObject { ["category"] = $"leak-{caller.Mark}" }),
            3 => ("DELETE", victim.Reports, "/reports/{id}", null),
            4 => ("POST", victim.Reports, "/reports/{id}/reprocess", null),
            5 => ("GET", victim.Queries, "/queries/{id}", null),
            6 => ("GET", victim.Sessions, "/sessions/{id}", null),
            7 => ("PUT", victim.Sessions, "/sessions/{id}", new JsonObject { ["title"] = caller.Mark }),
            8 => ("DELETE", victim.Sessions, "/sessions/{id}", null),
            _ => ("GET", victim.Sessions, "/sessions/{id}/messages?limit=1", null),
        };
        if (tried.Things.Any(random) is not { } thing) return null;
        Asking Of(Guid id) => new(tried.Method, tried.Path.Replace("{id}", id.ToString(), StringComparison.Ordinal), token, tried.Body) { Headers = headers };
        return Twins(caller, $"{tried.Method} {tried.Path.Split('?')[0]}", thing.Id, Of, 404, 412, 428);
    }

    private static Call? ForeignSession(FuzzedTenant caller, FuzzedTenant victim, string token, Random random)
    {
        if (victim.Sessions.Any(random) is not { } session) return null;
        Asking Of(Guid id) => new("POST", "/queries", token, new()
        {
            ["domain_id"] = RunningSystem.Domain,
            ["question"] = $"What did we say about {caller.Handle}?",
            ["session_id"] = id.ToString(),
            ["wait_seconds"] = 0,
        });
        return Twins(caller, "session in a question", session.Id, Of, 404);
    }

    /// <summary>A domain that the other has and this one not.</summary>
    private static Call ForeignDomain(FuzzedTenant caller, FuzzedTenant victim, string token, Random random)
    {
        Func<string, Asking> of = random.Next(8) switch
        {
            0 => domain => new("POST", "/reports", token, new() { ["domain_id"] = domain, ["text"] = $"lamp {caller.Mark}" }),
            1 => domain => new("POST", "/queries", token, new() { ["domain_id"] = domain, ["question"] = "How many lamps?", ["wait_seconds"] = 0 }),
            2 => domain => new("POST", "/sessions", token, new() { ["domain_id"] = domain, ["title"] = caller.Mark }),
            3 => domain => new("GET", $"/reports?domain_id={domain}", token),
            4 => domain => new("GET", $"/search?text=lamp&domain_id={domain}", token),
            5 => domain => new("GET", $"/data/geo?bbox=-180,-90,180,90&domain_id={domain}", token),
            6 => domain => new("GET", $"/data/aggregated?group_by=entity.category&domain_id={domain}", token),
            _ => domain => new("POST", $"/reports/reprocess?domain_id={domain}", token),
        };
        var unknown = "city-" + Marks.HandleOf(66);
        return new(caller, "domain", of(victim.OwnDomain), 200, 202, 404)
        {
            Twin = (of(unknown), victim.OwnDomain, unknown),
            Wrong = reply => IsFilled(reply) || (int?)reply.Json["requested"] > 0 ? "a domain of another tenant's has something in it" : null,
        };
    }

    private static Call? ForeignCursor(FuzzedTenant caller, FuzzedTenant victim, string token, Random random) => victim.Lists.Any(random) is not { } place
        ? null
        : place.Path.Contains("/messages", StringComparison.Ordinal)
            ? new(caller, "cursor", new("GET", $"{place.Path}&cursor={place.Cursor}", token), 404)
            : new(caller, "cursor", new("GET", $"{place.Path}&cursor={place.Cursor}", token), 400)
            {
                Says = "is not one that this list gave under the same filters",
            };

    private static Call Search(FuzzedTenant caller, FuzzedTenant victim, string token, Random random)
    {
        var words = random.Next(3) switch { 0 => victim.Handle, 1 => $"pothole at 12 {victim.Handle} number 7", _ => $"{victim.Handle} {caller.Handle}" };
        var mode = random.Next(3) switch { 0 => "hybrid", 1 => "text", _ => "vector" };
        return new(caller, "search for another's word", new("GET", $"/search?text={Uri.EscapeDataString(words)}&mode={mode}&limit=100", token), 200);
    }

    private static Call Filter(FuzzedTenant caller, FuzzedTenant victim, string token, Random random)
    {
        var box = string.Join(',', victim.Box);
        var path = random.Next(5) switch
        {
            0 => $"/reports?text={victim.Handle}",
            1 => $"/reports?bbox={box}",
            2 => $"/data/geo?bbox={box}",
            3 => $"/data/aggregated?group_by=geo.address&bbox={box}",
            _ => $"/data/aggregated?group_by=domain_id&text={victim.Handle}",
        };
        return new(caller, "filter for another's word or place", new("GET", path, token), 200)
        {
            Wrong = reply => IsFilled(reply) ? "something is there" : null,
        };
    }

    /// <summary>What is asked is kept with the answer: the ids in it are the asker's words from now on.</summary>
    private static Call Question(FuzzedTenant caller, FuzzedTenant victim, string token, Random random)
    {
        var report = victim.Reports.Any(random)?.Id;
        var question = random.Next(2) == 0
            ? $"How many potholes are there at {victim.Handle}, and where?"
            : $"What does report {report} of tenant {victim.Id} say about {victim.Handle}?";
        if (report is { } named) caller.Asked.TryAdd(named, true);
        caller.Asked.TryAdd(victim.Id, true);
        var body = new JsonObject
        {
            ["domain_id"] = RunningSystem.Domain,
            ["question"] = question,
            ["wait_seconds"] = random.Next(4) == 0 ? 3 : 0,
            ["filters"] = new JsonObject { ["bbox"] = new JsonArray([.. victim.Box.Select(edge => (JsonNode)edge)]) },
        };
        return new(caller, "question about another's", new("POST", "/queries", token, body), 200, 202)
        {
            Wrong = reply => reply.Json["references_used"] is JsonArray { Count: > 0 } ? "it refers to something" : null,
        };
    }

    /// <summary>Another tenant named where nothing of the kind is read: what comes is the caller's own, or a refusal.</summary>
    private static Call Named(FuzzedTenant caller, FuzzedTenant victim, string token, Random random)
    {
        IReadOnlyList<(string, string)> headers =
        [
            ("X-Tenant-Id", $"{victim.Id}"), ("tenant_id", $"{victim.Id}"), ("custom:tenant_id", $"{victim.Id}"),
            ("X-Amzn-Claims", $"{{\"custom:tenant_id\":\"{victim.Id}\"}}"),
            ("Cookie", $"tenant_id={victim.Id}; token={victim.People[0].Token}"), ("X-Forwarded-User", $"{victim.People[0].User}"),
        ];
        return random.Next(5) switch
        {
            0 => new(caller, "another tenant in the headers", new("GET", "/reports?limit=50", token) { Headers = headers }, 200),
            1 => new(caller, "another tenant in the headers", new("GET", "/search?text=pothole&limit=50", token) { Headers = headers }, 200),
            2 => new(caller, "another tenant in the query", new("GET", $"/reports?tenant_id={victim.Id}", token), 400),
            3 => new(caller, "another tenant in the body", new("POST", "/reports", token, new()
            {
                ["domain_id"] = RunningSystem.Domain,
                ["text"] = caller.Mark,
                ["tenant_id"] = victim.Id.ToString(),
            }), 400),
            _ => new(caller, "another tenant in the query", new("GET", $"/data/geo?bbox=-180,-90,180,90&custom:tenant_id={victim.Id}", token), 400),
        };
    }

    /// <summary>The caller's own signed address, led to the other's photo.</summary>
    private static Call? ForeignDownload(FuzzedTenant caller, FuzzedTenant victim, Random random)
    {
        if (caller.Downloads.Any(random) is not { } own) return null;
        var path = random.Next(2) == 0 && victim.Downloads.Any(random) is { } theirs
            ? theirs.AbsolutePath
            : own.AbsolutePath.Replace(caller.Id.ToString(), victim.Id.ToString(), StringComparison.Ordinal);
        return new(caller, "download of another's", new("GET", own.GetLeftPart(UriPartial.Authority) + path + own.Query), 403);
    }

    /// <summary>The caller's own grant, led to the other's key, or the other's policy for an own key.</summary>
    private static Call? ForeignUpload(FuzzedTenant caller, FuzzedTenant victim, Random random)
    {
        if (caller.Uploads.Any(random) is not { } own || victim.Uploads.Any(random) is not { } theirs) return null;
        var asking = OwnCalls.Granted(own, caller);
        var fields = asking.Fields!.ToDictionary();
        switch (random.Next(3))
        {
            case 0:
                fields["key"] = (string)theirs["fields"]!["key"]!;
                break;
            case 1:
                fields["key"] = fields["key"].Replace(caller.Id.ToString(), victim.Id.ToString(), StringComparison.Ordinal);
                break;
            default:
                (fields["policy"], fields["x-amz-signature"]) = ((string)theirs["fields"]!["policy"]!, (string)theirs["fields"]!["x-amz-signature"]!);
                break;
        }

        return new(caller, "upload to another's key", asking with { Fields = fields }, 403);
    }

    /// <summary>The other's very path, under every token of the caller's, also that of the person both have.</summary>
    private static Call? OfTheSamePerson(FuzzedTenant caller, FuzzedTenant victim, Random random)
    {
        var thing = random.Next(2) == 0 ? victim.Queries.Any(random) : victim.Sessions.Any(random);
        if (thing is null) return null;
        var same = caller.People.FirstOrDefault(person => person.User == thing.Owner.User) ?? caller.People[1];
        var path = random.Next(2) == 0 ? "/queries/" : "/sessions/";
        return Twins(caller, "thing of the same person", thing.Id, id => new("GET", path + id, same.Token), 404);
    }

    private static bool IsFilled(Reply reply) => new[] { "items", "features", "groups" }.Any(name => reply.Json[name] is JsonArray { Count: > 0 });

    private static Call Twins(FuzzedTenant caller, string what, Guid foreign, Func<Guid, Asking> of, params int[] statuses)
    {
        var unknown = Guid.NewGuid();
        return new(caller, what, of(foreign), statuses) { Twin = (of(unknown), foreign.ToString(), unknown.ToString()) };
    }
}
