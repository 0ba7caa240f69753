using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using DomainFlow.EndToEnd.Tests.Running;
using DomainFlow.Topology;
using Xunit;

namespace DomainFlow.EndToEnd.Tests;

/// <summary>What a client learns of the interface, and who may use it.</summary>
[Collection(SystemCollection.Name)]
public class Interface(RunningSystem system)
{
    [SkippableFact]
    public async Task Health_needs_no_token()
    {
        Skip.If(system.Missing is not null, system.Missing);
        using var response = await system.Http.GetAsync(system.Url + "/health");
        Assert.Equal((200, """{"status":"ok"}"""), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [SkippableFact]
    public async Task Me_tells_who_calls_and_what_the_groups_allow()
    {
        Skip.If(system.Missing is not null, system.Missing);
        var me = (await system.GetAsync("/me", system.Token(groups: ["stranger", "manager"]))).Json;
        Assert.Equal((system.User.ToString(), system.Tenant.ToString()), ((string)me["user_id"]!, (string)me["tenant_id"]!));
        Assert.Equal(["manager"], me["groups"]!.AsArray().Select(group => (string)group!));
        Assert.Contains("DELETE /reports/{id}", me["routes"]!.AsArray().Select(route => (string)route!));
        var stranger = (await system.GetAsync("/me", system.Token(groups: "stranger"))).Json;
        Assert.Equal(["viewer"], stranger["groups"]!.AsArray().Select(group => (string)group!));
        Assert.DoesNotContain("POST /reports", stranger["routes"]!.AsArray().Select(route => (string)route!));
    }

    [SkippableFact]
    public async Task Domains_are_listed_and_shown_to_their_tenant()
    {
        Skip.If(system.Missing is not null, system.Missing);
        var listed = (await system.GetAsync("/domains")).Json["items"]!.AsArray().Single(item => (string)item!["domain_id"]! == RunningSystem.Domain)!;
        Assert.False((bool)listed["self_reporting"]!);
        var domain = (await system.GetAsync("/domains/" + RunningSystem.Domain)).Json;
        Assert.Equal((string)listed["time_zone"]!, (string)domain["time_zone"]!);
        Assert.Equal("en", (string)domain["language"]!);
        Assert.Contains(domain["categories"]!.AsArray(), category => (string)category!["id"]! == "pothole");
        Assert.NotEmpty(domain["status_transitions"]!.AsObject());
        Assert.Equal((404, "domain_id"), await RefusedAsync("/domains/elsewhere"));
        Assert.Equal((404, "domain_id"), await RefusedAsync("/domains/Civic%20complaints"));
        Assert.Empty((await system.GetAsync("/domains", system.Token(Guid.NewGuid()))).Json["items"]!.AsArray());
    }

    [SkippableFact]
    public async Task A_viewer_reports_only_where_the_domain_allows_self_reporting()
    {
        Skip.If(system.Missing is not null, system.Missing);
        var tenant = Guid.NewGuid();
        await MakeAsync(tenant, null);
        var (viewer, nobody) = (system.Token(tenant, groups: "viewer"), system.Token(tenant, groups: "[admin]"));
        foreach (var token in new[] { viewer, nobody })
        {
            var refused = await system.PostAsync("/reports", RunningSystem.NewReport("A lamp is out"), token);
            Assert.Equal((403, "forbidden"), (refused.Status, (string?)refused.Json["error_code"]));
        }

        await MakeAsync(tenant, isOpen: true);
        var report = await system.PostAsync("/reports", RunningSystem.NewReport("A lamp is out"), viewer);
        Assert.True(report.Status == 202, report.Text);
        var path = $"/reports/{report.Json["incident_id"]}";
        Assert.Equal(200, (await system.GetAsync(path, viewer)).Status);
        Assert.Equal(403, (await system.SendAsync(HttpMethod.Patch, path, """{"category":"pothole"}""", viewer)).Status);
        Assert.Equal(403, (await system.SendAsync(HttpMethod.Delete, path, null, system.Token(tenant, groups: "operator"))).Status);
        await MakeAsync(tenant, isOpen: false);
        Assert.Equal(403, (await system.PostAsync("/reports", RunningSystem.NewReport("A lamp is out"), viewer)).Status);
    }

    [SkippableFact]
    public async Task Reports_are_sorted_and_counted_where_that_is_asked_for()
    {
        Skip.If(system.Missing is not null, system.Missing);
        var tenant = Guid.NewGuid();
        await MakeAsync(tenant, null);
        var token = system.Token(tenant);
        foreach (var day in new[] { 2, 1, 3 })
        {
            var body = RunningSystem.NewReport($"Lamp {day} is out");
            body["reported_at"] = $"2026-03-0{day}T12:00:00Z";
            Assert.Equal(202, (await system.PostAsync("/reports", body, token)).Status);
        }

        await Eventually.HoldsAsync(
            async () => (long?)(await system.GetAsync("/reports?include=total", token)).Json["total"] == 3, TimeSpan.FromSeconds(60), () => system.Log);
        var oldest = await TextsAsync("sort=reported_at", token);
        Assert.Equal(["Lamp 1 is out", "Lamp 2 is out", "Lamp 3 is out"], oldest);
        Assert.Equal(oldest.Reverse(), await TextsAsync("sort=-reported_at", token));
        Assert.Equal(oldest.Reverse(), await TextsAsync("", token));
        Assert.Equal((400, "sort"), await RefusedAsync("/reports?sort=category"));
        Assert.Equal((400, "sort"), await RefusedAsync("/reports?sort=reported_at&updated_since=2026-01-01T00:00:00Z"));
        Assert.Equal((400, "include"), await RefusedAsync("/reports?include=everything"));
    }

    [SkippableFact]
    public async Task HEAD_answers_as_GET_without_a_body_on_every_route_that_has_GET()
    {
        Skip.If(system.Missing is not null, system.Missing);
        foreach (var path in new[] { "/reports", "/domains", "/me", "/openapi.json", "/health", "/sessions" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, system.Url + path);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", system.Token());
            using var response = await system.Http.SendAsync(request);
            Assert.Equal((path, 200, 0), (path, (int)response.StatusCode, (await response.Content.ReadAsByteArrayAsync()).Length));
        }
    }

    [SkippableFact]
    public async Task The_description_has_every_route_its_groups_and_the_base_path()
    {
        Skip.If(system.Missing is not null, system.Missing);
        var document = (await system.GetAsync("/openapi.json")).Json;
        Assert.EndsWith((string)document["servers"]![0]!["url"]!, system.Url, StringComparison.Ordinal);
        foreach (var route in SystemMap.Routes)
        {
            var operation = document["paths"]![route.Path]![route.Method.ToLowerInvariant()]!;
            Assert.Equal(route.Groups, operation["x-groups"]?.AsArray().Select(group => (string)group!) ?? []);
            Assert.Equal(route.Method == "GET", document["paths"]![route.Path]!["head"] is not null && route.Method == "GET");
        }
    }

    private Task MakeAsync(Guid tenant, bool? isOpen)
    {
        var payload = Payloads.Tenant(tenant);
        if (isOpen is { } flag) payload["tenant"]!["domains"]![0]!["self_reporting"] = flag;
        return system.InvokeAsync("DbInit", payload);
    }

    /// <summary>The texts of the list, a page of one after the other.</summary>
    private async Task<IReadOnlyList<string>> TextsAsync(string sort, string token)
    {
        var (texts, cursor) = (new List<string>(), "");
        do
        {
            var page = (await system.GetAsync($"/reports?limit=1&{sort}{(cursor.Length > 0 ? "&cursor=" + cursor : "")}", token)).Json;
            texts.AddRange(page["items"]!.AsArray().Select(item => (string)item!["text"]!));
            cursor = (string?)page["next_cursor"] ?? "";
        }
        while (cursor.Length > 0);
        return texts;
    }

    private async Task<(int Status, string? Field)> RefusedAsync(string path)
    {
        var answer = await system.GetAsync(path);
        return (answer.Status, answer.Field);
    }
}
