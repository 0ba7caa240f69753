using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DomainFlow.EndToEnd.Tests.Running;

namespace DomainFlow.Chaos.Tests.Tenants;

/// <summary>Sends calls and searches each answer, headers and body, for what is another tenant's.</summary>
internal sealed partial class Listener(RunningSystem system, IReadOnlyList<FuzzedTenant> tenants)
{
    private readonly Dictionary<string, FuzzedTenant> _byMark = tenants.ToDictionary(tenant => tenant.Mark);
    private readonly ConcurrentDictionary<Guid, FuzzedTenant> _owners = new(tenants.Select(tenant => KeyValuePair.Create(tenant.Id, tenant)));
    private readonly ConcurrentDictionary<string, int> _calls = new();
    private readonly ConcurrentQueue<string> _complaints = [];
    private int _marked;
    private int _unavailable;

    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Calls for what is another tenant's.</summary>
    public int ForOthers => _calls.Where(call => call.Key.StartsWith(ForeignCalls.Prefix, StringComparison.Ordinal)).Sum(call => call.Value);

    /// <summary>Answers in which the caller's own mark was found.</summary>
    public int Marked => _marked;

    public int Unavailable => _unavailable;

    public void Owns(FuzzedTenant tenant, Guid id) => _owners.TryAdd(id, tenant);

    /// <summary>Whose thing it is; null where it is not known.</summary>
    public FuzzedTenant? OwnerOf(Guid id) => _owners.GetValueOrDefault(id);

    public FuzzedTenant? OwnerOf(string mark) => _byMark.GetValueOrDefault(mark);

    public async Task SendAsync(Call call, CancellationToken stop)
    {
        _calls.AddOrUpdate(call.What, 1, (_, n) => n + 1);
        var reply = await SendAsync(call.Asking, stop);
        var wrongs = Wrongs(call, reply).OfType<string>().ToList();
        if (wrongs.Count > 0) Complain(call, reply, string.Join("; ", wrongs));
        if (reply.Status < 400) call.Learn(reply);
        if (call.Twin is not { } twin) return;
        var other = await SendAsync(twin.Asking, stop);
        if (reply.Status is 503 or 429 || other.Status is 503 or 429) return;
        var (ours, theirs) = (Face(reply, twin.Foreign), Face(other, twin.Unknown));
        if (ours != theirs) Complain(call, reply, $"differs from what is said of an unknown one: {theirs}");
    }

    private async Task<Reply> SendAsync(Asking asking, CancellationToken stop)
    {
        using var message = asking.ToMessage(system.Url);
        using var response = await system.Http.SendAsync(message, stop);
        return await Reply.OfAsync(response, stop);
    }

    private IEnumerable<string?> Wrongs(Call call, Reply reply)
    {
        if (reply.Status is 503 or 429)
        {
            Interlocked.Increment(ref _unavailable);
            yield return reply.Body.Contains("settled", StringComparison.Ordinal) ? "a key that is only its own is unsettled" : null;
            yield break;
        }

        if (!call.Statuses.Contains(reply.Status)) yield return $"the status is none of {string.Join(", ", call.Statuses)}";
        if (!reply.Body.Contains(call.Says, StringComparison.Ordinal)) yield return $"it does not say: {call.Says}";
        var marks = Marks.In(reply.Text).ToList();
        if (marks.Contains(call.Caller.Mark)) Interlocked.Increment(ref _marked);
        foreach (var mark in marks.Where(mark => mark != call.Caller.Mark)) yield return $"it holds the mark {mark} of another tenant";
        foreach (var id in Marks.IdsIn(reply.Text)) yield return Foreign(call, id);
        foreach (var place in Places(reply.Body).Where(place => !call.Caller.Holds(place.Longitude, place.Latitude)))
            yield return FormattableString.Invariant($"it holds the place {place.Longitude}, {place.Latitude}, where this tenant has nothing");
        if (reply.Status < 300) yield return call.Wrong(reply);
    }

    private string? Foreign(Call call, Guid id) =>
        _owners.TryGetValue(id, out var owner) && owner != call.Caller && !call.Caller.Asked.ContainsKey(id)
        && !call.Asking.Said.Contains(id.ToString(), StringComparison.OrdinalIgnoreCase)
            ? $"it holds {id}, which is another tenant's"
            : null;

    private static IEnumerable<(double Longitude, double Latitude)> Places(string body) =>
        Coordinates().Matches(body).Select(pair => (Number(pair.Groups[1]), Number(pair.Groups[2])));

    private static double Number(Group digits) => double.Parse(digits.Value, CultureInfo.InvariantCulture);

    /// <summary>What a caller could tell two answers apart by, without what they name and their own ids.</summary>
    private static string Face(Reply reply, string name)
    {
        var body = reply.Body.Replace(name, "NAME", StringComparison.OrdinalIgnoreCase);
        if (body.StartsWith('{') && JsonNode.Parse(body) is JsonObject json && json.Remove("request_id")) body = json.ToJsonString();
        return $"{reply.Status} [{reply.HeaderNames}] {body}";
    }

    private void Complain(Call call, Reply reply, string wrong)
    {
        if (_complaints.Count < 1000)
            _complaints.Enqueue($"{call.What}: {wrong}\n  {call.Caller.Mark} {call.Asking}\n  {reply.Status} {Shortened(reply.Body)}");
    }

    private static string Shortened(string text) => text.Length > 1500 ? text[..1500] : text;

    [GeneratedRegex("\"coordinates\":\\[(-?[0-9.]+),(-?[0-9.]+)\\]")]
    private static partial Regex Coordinates();
}
