using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using DomainFlow.EndToEnd.Tests.Running;

namespace DomainFlow.Chaos.Tests.Tenants;

/// <summary>A person of a tenant's, with a token that names both.</summary>
internal sealed record Person(Guid User, string Token);

/// <summary>What a person may read and others not.</summary>
internal sealed record Owned(Guid Id, Person Owner);

/// <param name="Path">The list with its filters, to which the cursor is added.</param>
internal sealed record ListPlace(string Path, string Cursor);

/// <summary>A tenant under fuzz: what marks it, and what it is known to have.</summary>
internal sealed class FuzzedTenant
{
    private const int Degrees = 6;
    private int _started;

    public FuzzedTenant(RunningSystem system, int number, Guid everybody)
    {
        (Number, Mark, Handle) = (number, Marks.Of(number), Marks.HandleOf(number));
        People =
        [
            // Somebody of its own, the same user id in all tenants, and the same address in all tenants.
            PersonOf(system, Guid.NewGuid(), $"{Mark}@city.example"),
            PersonOf(system, everybody, $"{Mark}.2@city.example"),
            PersonOf(system, Guid.NewGuid(), "everybody@city.example"),
        ];
    }

    public int Number { get; }

    public Guid Id { get; } = Guid.NewGuid();

    public string Mark { get; }

    public string Handle { get; }

    /// <summary>A domain that no other tenant has; the other one is named as everybody's.</summary>
    public string OwnDomain => $"city-{Handle}";

    public IReadOnlyList<Person> People { get; }

    public Known<Owned> Reports { get; } = new();

    public Known<Owned> Queries { get; } = new();

    public Known<Owned> Sessions { get; } = new();

    public Known<JsonObject> Uploads { get; } = new();

    public Known<Uri> Downloads { get; } = new();

    public Known<ListPlace> Lists { get; } = new();

    public Known<string> Tags { get; } = new();

    /// <summary>Ids of others' things that its people named in questions, which are kept.</summary>
    public ConcurrentDictionary<Guid, bool> Asked { get; } = new();

    /// <summary>Reports that it began to send: no count of its reports is higher.</summary>
    public int Started => Volatile.Read(ref _started);

    /// <summary>Everything of it lies within [west, south, east, north].</summary>
    public double[] Box => [West, 20, West + 1, 21];

    private double West => -170 + (Degrees * Number);

    public string Street => $"{char.ToUpperInvariant(Mark[0])}{Mark[1..]} Street";

    public void Starts() => Interlocked.Increment(ref _started);

    public bool Holds(double longitude, double latitude) => longitude >= Box[0] && longitude <= Box[2] && latitude >= Box[1] && latitude <= Box[3];

    /// <summary>What DbInit makes it from: places, categories and names all carry its mark.</summary>
    public JsonObject Payload() => new()
    {
        ["tenant"] = new JsonObject
        {
            ["id"] = Id.ToString(),
            ["name"] = $"City of {Mark}",
            ["domains"] = new JsonArray(DomainOf(RunningSystem.Domain), DomainOf(OwnDomain)),
        },
    };

    private JsonObject DomainOf(string id) => new()
    {
        ["domain_id"] = id,
        ["template"] = RunningSystem.Domain,
        ["name"] = $"Complaints of {Mark}",
        ["time_zone"] = "UTC",
        ["places"] = new JsonArray(new JsonObject
        {
            ["name"] = Street,
            ["kind"] = "street",
            ["aliases"] = new JsonArray(),
            ["location"] = new JsonArray(West + 0.5, 20.5),
            ["radius_m"] = 300,
        }),
        ["categories"] = new JsonArray(CategoryOf("pothole"), CategoryOf("lamp"), CategoryOf("leak")),
    };

    private JsonObject CategoryOf(string word) => new()
    {
        ["id"] = $"{word}-{Mark}",
        ["name"] = $"{word} of {Mark}",
        ["words"] = new JsonArray(word),
    };

    private Person PersonOf(RunningSystem system, Guid user, string email) =>
        new(user, system.TokenOf(new(Id, user, TimeSpan.FromHours(12)) { Email = email, Username = $"{user.ToString()[..8]}-{Mark}", Groups = ["admin"] }));
}

/// <summary>Things that are known to be there, or to have been; the latest few hundred of them.</summary>
internal sealed class Known<T>
    where T : class
{
    private const int Most = 300;
    private readonly List<T> _things = [];
    private int _next;

    public void Add(T thing)
    {
        lock (_things)
        {
            if (_things.Count < Most) _things.Add(thing);
            else _things[_next++ % Most] = thing;
        }
    }

    public T? Any(Random random)
    {
        lock (_things)
        {
            return _things.Count == 0 ? null : _things[random.Next(_things.Count)];
        }
    }
}
