using System.Text.Json.Nodes;
using DomainFlow.Benchmarks.Running;
using DomainFlow.Benchmarks.Stores;

namespace DomainFlow.Benchmarks.Parts;

/// <summary>A call whose cost must not grow with the store, and what its answer must hold.</summary>
/// <param name="Event">The event of the n-th call.</param>
/// <param name="IsRight">Whether the body is the answer that the store's content asks for.</param>
internal sealed record GrowthCall(
    string Name, bool IsQuery, int Status, Func<GrowthStore, int, byte[]> Event, Func<JsonNode, bool> IsRight)
{
    public static IReadOnlyList<GrowthCall> All { get; } =
    [
        new("POST /reports", false, 202,
            (s, _) => Events.Post(s.Store, new JsonObject { ["domain_id"] = Store.Domain, ["text"] = s.Corpus.Text() }),
            body => body["incident_id"] is not null),
        new("GET /reports/{id}", false, 200,
            (s, n) => Events.Get(s.Store, "/reports/{id}", s.Ids[n % s.Ids.Count]),
            body => (string?)body["status"] == "completed"),
        new("GET /reports", false, 200,
            (s, _) => Events.Get(s.Store, "/reports", null, ("domain_id", Store.Domain), ("limit", "20")),
            body => body["items"]!.AsArray().Count == 20),
        new($"GET /data/geo (a box of {Corpus.BoxReports})", true, 200,
            (s, _) => Events.Get(s.Store, "/data/geo", null, ("domain_id", Store.Domain), ("bbox", Bounds)),
            body => body["features"]!.AsArray().Count == Corpus.BoxReports),
        new("GET /search (a rare word)", true, 200,
            (s, _) => Events.Get(s.Store, "/search", null, ("domain_id", Store.Domain), ("text", Corpus.RareWord), ("mode", "text")),
            body => body["items"]!.AsArray().Count == Corpus.RareReports),
    ];

    private static string Bounds => FormattableString.Invariant($"{Corpus.Box.West},{Corpus.Box.South},{Corpus.Box.East},{Corpus.Box.North}");

    /// <exception cref="InvalidOperationException">The answer is wrong: a fast one is worth nothing then.</exception>
    public async Task<TimeSpan> RunAsync(GrowthStore store, int n, CancellationToken stop)
    {
        var (answer, latency) = await (IsQuery ? store.Query : store.Ingest).InvokeAsync(Event(store, n), stop);
        var body = Events.Expect(answer, Status);
        return IsRight(body) ? latency : throw new InvalidOperationException($"{Name} on {store.Store.Database} answered {body.ToJsonString()}");
    }
}
