using System.Text.Json.Nodes;
using DomainFlow.EndToEnd.Tests.Running;
using DomainFlow.Topology;
using Xunit;

namespace DomainFlow.EndToEnd.Tests;

[Collection(SystemCollection.Name)]
public class Refusals(RunningSystem system)
{
    [SkippableFact]
    public async Task A_wrong_or_expired_token_is_unauthorised()
    {
        Skip.If(system.Missing is not null, system.Missing);
        var expired = await system.GetAsync("/reports", system.Token(validFor: TimeSpan.FromMinutes(-1)));
        Assert.Equal((401, "token_expired"), (expired.Status, (string?)expired.Json["error_code"]));
        var good = system.Token();
        Assert.Equal(401, (await system.GetAsync("/reports", good[..^6] + "AAAAAA")).Status);
        Assert.Equal(401, (await system.GetAsync("/reports", "nonsense")).Status);
        Assert.Equal(200, (await system.GetAsync("/reports", good)).Status);
    }

    [SkippableFact]
    public async Task Another_tenants_things_are_not_found()
    {
        Skip.If(system.Missing is not null, system.Missing);
        var report = await system.ReportAsync(RunningSystem.NewReport("A quokka-coloured bollard fell over"));
        var job = (await system.PostAsync("/queries", new JsonObject { ["domain_id"] = RunningSystem.Domain, ["question"] = "quokka bollard?" })).Json;
        var stranger = system.Token(system.OtherTenant, Guid.NewGuid());
        Assert.Equal(404, (await system.GetAsync($"/reports/{report["incident_id"]}", stranger)).Status);
        Assert.Equal(404, (await system.GetAsync($"/queries/{job["query_id"]}", stranger)).Status);
        Assert.Equal(404, (await system.GetAsync($"/queries/{job["query_id"]}", system.Token(user: Guid.NewGuid()))).Status);
        Assert.Equal(200, (await system.GetAsync($"/queries/{job["query_id"]}", system.Token(user: Guid.NewGuid(), groups: "admin"))).Status);
        Assert.Empty((await system.GetAsync("/reports", stranger)).Json["items"]!.AsArray());
        Assert.Empty((await system.GetAsync("/search?text=quokka+bollard", stranger)).Json["items"]!.AsArray());
        Assert.Empty((await system.GetAsync("/data/geo?bbox=-180,-90,180,90", stranger)).Json["features"]!.AsArray());
    }

    public static TheoryData<string, int, string> Bodies() => new()
    {
        { """{"domain_id":"civic-complaints","text":"x" """, 400, "body" },
        { """{"domain_id":"civic-complaints"}""", 400, "text" },
        { """{"text":"hello"}""", 400, "domain_id" },
        { """{"domain_id":"civic-complaints","text":"   "}""", 400, "text" },
        { $$"""{"domain_id":"civic-complaints","text":"{{new string('x', 10_001)}}"}""", 400, "text" },
        { """{"domain_id":"no-such-domain","text":"hello"}""", 404, "domain_id" },
        { """{"domain_id":"civic-complaints","text":"hello","location":{"lat":91,"lon":0}}""", 400, "location" },
        { """{"domain_id":"civic-complaints","text":"P07","location":{"lat":0,"lon":0}}""", 400, "location" },
        { """{"domain_id":"civic-complaints","text":"hello","images":[{"file_name":"a.gif","content_type":"image/gif","size":10}]}""", 400, "images[0].content_type" },
        { """{"domain_id":"civic-complaints","text":"hello","images":[{"file_name":"a.jpg","content_type":"image/jpeg","size":10485761}]}""", 400, "images[0].size" },
        { """{"domain_id":"civic-complaints","text":"hello","reported_at":"yesterday"}""", 400, "reported_at" },
        { """{"domain_id":"civic-complaints","text":"hello","tenant_id":"somebody-else"}""", 400, "tenant_id" },
        { $$"""{"domain_id":"civic-complaints","text":"{{new string('x', 1024 * 1024)}}"}""", 413, "body" },
    };

    [SkippableTheory]
    [MemberData(nameof(Bodies))]
    public async Task A_bad_report_is_refused_by_field_and_nothing_is_stored(string body, int status, string field)
    {
        Skip.If(system.Missing is not null, system.Missing);
        const string count = "SELECT count(*) FROM embedded.items WHERE table_name = 'Reports'";
        var before = await system.QueryAsync<long>(count);
        var answer = await system.SendAsync(HttpMethod.Post, "/reports", body);
        Assert.Equal((status, field, "application/problem+json"), (answer.Status, answer.Field, answer.ContentType));
        Assert.Equal(before, await system.QueryAsync<long>(count));
    }

    [SkippableTheory]
    [InlineData("/reports?limit=0", "limit")]
    [InlineData("/reports?cursor=bm9uc2Vuc2U", "cursor")]
    [InlineData("/reports?form=2026-01-01T00:00:00Z", "form")]
    [InlineData("/reports?status=open", "status")]
    [InlineData("/data/geo", "bbox")]
    [InlineData("/search", "text")]
    public async Task A_bad_parameter_is_refused_by_name(string path, string field)
    {
        Skip.If(system.Missing is not null, system.Missing);
        var answer = await system.GetAsync(path);
        Assert.Equal((400, field), (answer.Status, answer.Field));
    }

    [SkippableFact]
    public async Task A_cursor_from_elsewhere_is_refused_and_a_true_one_walks_the_list()
    {
        Skip.If(system.Missing is not null, system.Missing);
        for (var i = 0; i < 3; i++)
        {
            await system.ReportAsync(RunningSystem.NewReport($"Noise number {i}"));
        }

        var first = (await system.GetAsync("/reports?limit=2")).Json;
        var cursor = (string)first["next_cursor"]!;
        var second = await system.GetAsync($"/reports?limit=2&cursor={cursor}");
        Assert.Equal(200, second.Status);
        Assert.Empty(Ids(first).Intersect(Ids(second.Json)));
        Assert.Equal("cursor", (await system.GetAsync($"/reports?limit=2&status=failed&cursor={cursor}")).Field);
        Assert.Equal("cursor", (await system.GetAsync($"/reports?limit=2&cursor={cursor}", system.Token(system.OtherTenant))).Field);
    }

    [SkippableFact]
    public async Task Every_route_of_the_map_is_served_by_its_function()
    {
        Skip.If(system.Missing is not null, system.Missing);
        foreach (var route in SystemMap.Routes)
        {
            var answer = await system.SendAsync(new(route.Method), route.Path.Replace("{id}", Guid.NewGuid().ToString()), route.Method is "POST" or "PUT" or "PATCH" ? "{}" : null, system.Token(groups: "admin"));
            Assert.True(answer.Status is 200 or 400 or 404 or 428, $"{route.Method} {route.Path}: {answer.Status} {answer.Text}");
            Assert.DoesNotContain("There is no route", answer.Text, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string?> Ids(JsonObject page) => page["items"]!.AsArray().Select(i => (string?)i!["incident_id"]);
}
