using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using DomainFlow.Local.Client.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DomainFlow.Client.Tests.Api;

/// <summary>POST and GET /reports with the interface's idempotency, and faults on demand before a request is looked at, or after it was acted on.</summary>
internal sealed class FakeApi : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly WebApplication application;
    private readonly HttpClient http = new();

    private FakeApi(WebApplication application) => this.application = application;

    /// <summary>By key: the body and the incident that it made.</summary>
    public Dictionary<string, (string Body, Guid Incident)> Stored { get; } = [];

    /// <summary>How many of the reports are asked for at once, at the most.</summary>
    public int MostAtOnce { get; private set; }

    public int Requests { get; private set; }

    /// <summary>What goes wrong with the n-th request; null for nothing.</summary>
    public Func<int, Fault?> Faults { get; set; } = _ => null;

    public Func<string, int> StatusOf { get; set; } = _ => 202;

    public int PageSize { get; set; } = 100;

    /// <summary>What reports show beside the body that they were made of.</summary>
    public Func<JsonObject, JsonObject> Shows { get; set; } = _ => new() { ["status"] = "completed", ["stores"] = new JsonObject(), ["images"] = new JsonArray() };

    /// <summary>Query strings of reads, in their order.</summary>
    public ConcurrentQueue<string> Queries { get; } = [];

    public string Url { get; private set; } = "";

    public static async Task<FakeApi> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var fake = new FakeApi(builder.Build());
        fake.application.Run(fake.AnswerAsync);
        await fake.application.StartAsync();
        fake.Url = fake.application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return fake;
    }

    /// <summary>Does not wait longer than a few milliseconds between attempts.</summary>
    public ApiClient Client(int attempts = 8) =>
        new(
            http,
            Url,
            () => "token",
            new RetryPolicy(TimeProvider.System) { Attempts = attempts, FirstDelay = TimeSpan.FromMilliseconds(1), LongestDelay = TimeSpan.FromMilliseconds(5) },
            TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await application.DisposeAsync();
    }

    private int running;

    private async Task AnswerAsync(HttpContext context)
    {
        int number;
        lock (gate)
        {
            number = ++Requests;
            MostAtOnce = Math.Max(MostAtOnce, ++running);
        }

        try
        {
            var fault = Faults(number);
            if (fault is Fault.Status status)
            {
                context.Response.StatusCode = status.Code;
                if (status.RetryAfter is { } seconds) context.Response.Headers.RetryAfter = seconds;
                return;
            }

            if (fault is Fault.CutBefore)
            {
                context.Abort();
                return;
            }

            if (context.Request.Method == "GET") await ShowAsync(context);
            else await TakeAsync(context, fault is Fault.CutAfter);
        }
        finally
        {
            lock (gate) running--;
        }
    }

    /// <summary>The list in pages of at most <see cref="PageSize"/>, filtered by from and to alone, or one report.</summary>
    private Task ShowAsync(HttpContext context)
    {
        List<(JsonObject Body, Guid Incident)> all;
        lock (gate) all = [.. Stored.Values.Select(s => (JsonNode.Parse(s.Body)!.AsObject(), s.Incident)).OrderBy(s => s.Incident)];
        JsonObject Shown((JsonObject Body, Guid Incident) report)
        {
            var shown = report.Body.DeepClone().AsObject();
            foreach (var (name, value) in Shows(report.Body)) shown[name] = value?.DeepClone();
            shown["incident_id"] = report.Incident.ToString();
            return shown;
        }

        Queries.Enqueue(context.Request.QueryString.Value ?? "");
        var query = context.Request.Query;
        DateTimeOffset Time(string name, DateTimeOffset otherwise) => query.TryGetValue(name, out var text) ? DateTimeOffset.Parse(text!, null) : otherwise;
        if (!context.Request.Path.Value!.EndsWith("/reports", StringComparison.Ordinal))
        {
            if (all.Find(r => context.Request.Path.Value.EndsWith(r.Incident.ToString(), StringComparison.Ordinal)) is { Body: not null } one)
                return context.Response.WriteAsync(Shown(one).ToJsonString());
            context.Response.StatusCode = 404;
            return context.Response.WriteAsync("{}");
        }

        var matching = all.Where(r => (DateTimeOffset?)r.Body["reported_at"] is not { } at
            || (at >= Time("from", DateTimeOffset.MinValue) && at < Time("to", DateTimeOffset.MaxValue))).ToList();
        var start = query.TryGetValue("cursor", out var cursor) ? int.Parse(cursor!, null) : 0;
        var page = matching.Skip(start).Take(PageSize).Select(r => (JsonNode)Shown(r)).ToArray();
        // A list of changes has no end.
        var next = start + page.Length < matching.Count || query.ContainsKey("updated_since") ? $"{start + page.Length}" : null;
        return context.Response.WriteAsync(new JsonObject { ["items"] = new JsonArray(page), ["next_cursor"] = next }.ToJsonString());
    }

    private async Task TakeAsync(HttpContext context, bool cut)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        var (code, incident, isRepeat) = Store(key, body);
        if (cut)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = code;
        if (isRepeat) context.Response.Headers[ApiClient.RepeatHeader] = "true";
        var answer = code == 202
            ? new JsonObject { ["incident_id"] = incident.ToString(), ["status"] = "received", ["uploads"] = new JsonArray() }
            : new JsonObject { ["detail"] = "refused", ["errors"] = new JsonArray(new JsonObject { ["field"] = "text" }) };
        await context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
    }

    private (int Code, Guid Incident, bool IsRepeat) Store(string key, string body)
    {
        lock (gate)
        {
            if (StatusOf(body) is not 202 and var refused) return (refused, Guid.Empty, false);
            if (Stored.TryGetValue(key, out var earlier)) return (earlier.Body == body ? 202 : 422, earlier.Incident, true);
            Stored[key] = (body, Guid.NewGuid());
            return (202, Stored[key].Incident, false);
        }
    }
}

internal abstract record Fault
{
    public sealed record Status(int Code, string? RetryAfter = null) : Fault;

    public sealed record CutBefore : Fault;

    public sealed record CutAfter : Fault;
}
