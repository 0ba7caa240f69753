using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using DomainFlow.EndToEnd.Tests.Running;
using Npgsql;
using Xunit;

namespace DomainFlow.EndToEnd.Tests;

/// <summary>Lists, maps and counts: filters, cursors, clusters, entity tags.</summary>
[Collection(SystemCollection.Name)]
public class Reading(RunningSystem system)
{
    [SkippableTheory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=1e9", "limit")]
    [InlineData("limit=99999999999999999999", "limit")]
    [InlineData("limit=abc", "limit")]
    [InlineData("limit=5&limit=6", "limit")]
    [InlineData("limit=5&limit=5", "limit")]
    [InlineData("status=deleted", "status")]
    [InlineData("work_status=open", "work_status")]
    [InlineData("bbox=1,2,3", "bbox")]
    [InlineData("bbox=0,50,10,40", "bbox")]
    [InlineData("bbox=0,NaN,10,40", "bbox")]
    [InlineData("bbox=-181,0,0,1", "bbox")]
    [InlineData("updated_since=lately", "updated_since")]
    [InlineData("from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z", "to")]
    [InlineData("bounds=0,0,1,1", "bounds")]
    [InlineData("category=no-such-category", "category")]
    [InlineData("work_status=done", "work_status")]
    [InlineData("status=open", "status")]
    [InlineData("from=2026-02-30", "from")]
    [InlineData("from=2026-02-02&to=2026-02-01", "to")]
    [InlineData("text=-----", "text")]
    [InlineData("text=%22%22", "text")]
    public async Task A_bad_filter_of_the_list_is_refused_by_name(string query, string field) => await RefusedAsync("/reports?" + query, field);

    [SkippableTheory]
    [InlineData("AAAA")]
    [InlineData("%00")]
    [InlineData("not+base64!")]
    [InlineData("%F0%9F%92%A9")]
    public async Task A_cursor_that_no_list_gave_is_refused(string cursor)
    {
        await RefusedAsync($"/reports?cursor={cursor}", "cursor");
        await RefusedAsync($"/reports?updated_since=2026-01-01T00:00:00Z&cursor={cursor}", "cursor");
    }

    [SkippableFact]
    public async Task A_cursor_serves_its_own_list_and_tenant_only()
    {
        var tenant = await FilledTenantAsync(3);
        var cursor = (string)(await GetAsync("/reports?limit=1", tenant)).Json["next_cursor"]!;
        Assert.Equal(200, (await GetAsync($"/reports?limit=1&cursor={cursor}", tenant)).Status);
        string[] wrong =
        [
            $"/reports?limit=1&category=pothole&cursor={cursor}",
            $"/reports?limit=1&bbox=0,0,1,1&cursor={cursor}",
            $"/reports?limit=1&text=road&cursor={cursor}",
            $"/reports?limit=1&updated_since=2026-01-01T00:00:00Z&cursor={cursor}",
            $"/reports?limit=1&cursor={cursor[..^4]}",
            $"/reports?limit=1&cursor={Turned(cursor)}",
            $"/reports?limit=1&cursor={cursor}&cursor={cursor}",
            $"/reports?limit=1&cursor={new string('A', 3000)}",
            $"/sessions?limit=1&cursor={cursor}",
        ];
        foreach (var path in wrong)
        {
            var answer = await GetAsync(path, tenant);
            Assert.True((answer.Status, answer.Field) == (400, "cursor"), $"{path}: {answer.Status} {answer.Text}");
        }

        Assert.Equal("cursor", (await GetAsync($"/reports?limit=1&cursor={cursor}", await FilledTenantAsync(1))).Field);
    }

    [SkippableFact]
    public async Task Filters_of_place_words_and_category_find_their_report()
    {
        var report = await system.ReportAsync(new JsonObject
        {
            ["domain_id"] = RunningSystem.Domain,
            ["text"] = "Two zeppelins' moorings block the towpath",
            ["location"] = new JsonObject { ["lat"] = -17.5, ["lon"] = -179.75 },
        });
        var id = (string)report["incident_id"]!;
        foreach (var filter in new[] { "bbox=179,-20,-179,-15", "text=zeppelin+mooring", "text=%22two+zeppelins%22+-airship", "bbox=-180,-18,-179,-17&text=towpath" })
        {
            var items = (await system.GetAsync($"/reports?limit=100&domain_id={RunningSystem.Domain}&{filter}")).Json["items"]!.AsArray();
            Assert.Equal([id], items.Select(item => (string?)item!["incident_id"]));
        }

        Assert.Empty((await system.GetAsync("/reports?bbox=-179,-20,179,-15&text=zeppelin")).Json["items"]!.AsArray());
        var map = (await system.GetAsync("/data/geo?bbox=179,-20,-179,-15&text=zeppelin")).Json["features"]!.AsArray();
        Assert.Equal(id, (string?)Assert.Single(map)!["id"]);
    }

    [SkippableFact]
    public async Task A_followers_cursor_is_sealed()
    {
        Skip.If(system.Missing is not null, system.Missing);
        var (tenant, stranger) = (await FilledTenantAsync(2), await FilledTenantAsync(1));
        const string feed = "/reports?limit=1&updated_since=2020-01-01T00:00:00Z";
        var number = (await system.QueryAsync<string>("SELECT min(written_in::text) FROM incidents WHERE tenant_id = @tenant", ("tenant", tenant)))!;
        var first = (string)(await GetAsync(feed, tenant)).Json["next_cursor"]!;
        Assert.Equal(first, (string?)(await GetAsync(feed, tenant)).Json["next_cursor"]);
        var second = (await GetAsync($"{feed}&cursor={first}", tenant)).Json;
        Assert.Single(second["items"]!.AsArray());
        foreach (var cursor in new[] { first, (string)second["next_cursor"]! })
        {
            var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(cursor);
            Assert.DoesNotContain(number, System.Text.Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
            Assert.Equal("cursor", (await GetAsync($"{feed}&cursor={Turned(cursor)}", tenant)).Field);
            Assert.Equal("cursor", (await GetAsync($"{feed}&text=road&cursor={cursor}", tenant)).Field);
            Assert.Equal("cursor", (await GetAsync($"{feed}&cursor={cursor}", stranger)).Field);
        }
    }

    [SkippableFact]
    public async Task A_follower_sees_each_change_once()
    {
        Skip.If(system.Missing is not null, system.Missing);
        var tenant = Guid.NewGuid();
        await system.MakeTenantAsync(tenant);
        var token = system.Token(tenant);
        var ids = new List<string>();
        var seen = new List<string>();
        string? cursor = null;
        async Task ReadAsync()
        {
            var page = (await system.GetAsync("/reports?limit=2&updated_since=2020-01-01T00:00:00Z" + (cursor is null ? "" : $"&cursor={cursor}"), token)).Json;
            seen.AddRange(page["items"]!.AsArray().Select(item => (string)item!["incident_id"]!));
            cursor = (string?)page["next_cursor"] ?? cursor;
        }

        for (var i = 0; i < 5; i++)
        {
            var accepted = await system.PostAsync("/reports", RunningSystem.NewReport($"Followed pothole {i}"), token);
            ids.Add((string)accepted.Json["incident_id"]!);
            await ReadAsync();
        }

        // A report comes once it is listed, and again when its playbook has run.
        await Eventually.HoldsAsync(
            async () =>
            {
                await ReadAsync();
                return ids.All(seen.Contains) && (await system.GetAsync("/reports?status=completed&limit=100", token)).Json["items"]!.AsArray().Count == 5;
            },
            TimeSpan.FromSeconds(60),
            () => $"seen {seen.Count} changes of {ids.Count} reports");
        Assert.All(seen.GroupBy(id => id), changes => Assert.InRange(changes.Count(), 1, 2));
    }

    [SkippableFact]
    public async Task A_map_of_many_reports_is_clusters_that_count_them_all()
    {
        var tenant = await FilledTenantAsync(1500);
        var world = (await GetAsync("/data/geo?bbox=-180,-90,180,90", tenant)).Json["features"]!.AsArray();
        Assert.InRange(world.Count, 1, 1000);
        Assert.Equal(1500, world.Sum(f => (long)f!["properties"]!["count"]!));
        Assert.All(world, f => Assert.True((bool)f!["properties"]!["cluster"]!));
        var low = (await GetAsync("/data/geo?bbox=9,49,12,52&zoom=3", tenant)).Json["features"]!.AsArray();
        var high = (await GetAsync("/data/geo?bbox=9,49,12,52&zoom=12", tenant)).Json["features"]!.AsArray();
        Assert.True(high.Count > low.Count, $"{low.Count} clusters at zoom 3, {high.Count} at zoom 12");
        Assert.Equal(1500, high.Sum(f => (long)f!["properties"]!["count"]!));
        var points = (await GetAsync("/data/geo?bbox=9,49,12,52&category=graffiti", tenant)).Json["features"]!.AsArray();
        Assert.Equal(15, points.Count);
        Assert.All(points, f => Assert.Null(f!["properties"]!["cluster"]));
        Assert.Equal("zoom", (await GetAsync("/data/geo?bbox=9,49,12,52&zoom=23", tenant)).Field);
    }

    [SkippableFact]
    public async Task Reports_are_counted_by_checked_paths_and_local_intervals()
    {
        var tenant = await FilledTenantAsync(200);
        var domain = "domain_id=" + RunningSystem.Domain;
        var byCategory = (await GetAsync($"/data/aggregated?{domain}&group_by=entity.category", tenant)).Json;
        Assert.Equal(
            ["pothole 198", "graffiti 2"],
            byCategory["groups"]!.AsArray().Select(g => $"{g!["keys"]!["entity.category"]} {g["count"]}"));
        Assert.False((bool)byCategory["truncated"]!);

        var byDay = (await GetAsync($"/data/aggregated?{domain}&group_by=work_status,management_data.status&interval=day&limit=1", tenant)).Json;
        Assert.True((bool)byDay["truncated"]!);
        var first = Assert.Single(byDay["groups"]!.AsArray())!;
        Assert.Equal("pending", (string?)first["keys"]!["management_data.status"]);
        // The sample city's midnight, not UTC's.
        Assert.NotEqual("UTC", (string?)byDay["time_zone"]);
        Assert.NotEqual(0, ((DateTimeOffset)first["period"]!).UtcDateTime.Hour);

        Assert.Equal(200, (long)(await GetAsync("/data/aggregated", tenant)).Json["groups"]![0]!["count"]!);
        var unknown = await GetAsync($"/data/aggregated?{domain}&group_by=entity.colour", tenant);
        Assert.Equal((400, "group_by"), (unknown.Status, unknown.Field));
        Assert.Contains("entity.category", unknown.Text, StringComparison.Ordinal);
        foreach (var bad in new[] { "entity.entities", "raw_text", "status,status", "status,,domain_id", "a,b,c,d", "entity.category')--" })
        {
            Assert.Equal("group_by", (await GetAsync($"/data/aggregated?{domain}&group_by={Uri.EscapeDataString(bad)}", tenant)).Field);
        }

        Assert.Equal("interval", (await GetAsync($"/data/aggregated?{domain}&interval=decade", tenant)).Field);
        var nowhere = await GetAsync("/data/aggregated?domain_id=nowhere&group_by=status", tenant);
        Assert.Equal((404, "domain_id"), (nowhere.Status, nowhere.Field));
    }

    [SkippableFact]
    public async Task An_answer_that_the_caller_has_is_not_sent_again()
    {
        var tenant = await FilledTenantAsync(5);
        foreach (var path in new[] { "/reports", "/data/geo?bbox=-180,-90,180,90", "/data/aggregated?group_by=status", "/reports?updated_since=2020-01-01T00:00:00Z" })
        {
            using var first = await ConditionalAsync(path, tenant, null);
            var tag = first.Headers.ETag!;
            Assert.True(tag.IsWeak);
            Assert.Equal("no-cache, private", first.Headers.CacheControl!.ToString());
            using var again = await ConditionalAsync(path, tenant, tag.ToString());
            Assert.Equal((304, 0), ((int)again.StatusCode, (await again.Content.ReadAsByteArrayAsync()).Length));
            Assert.Equal(tag, again.Headers.ETag);
            using var other = await ConditionalAsync(path, await FilledTenantAsync(4), tag.ToString());
            Assert.Equal(200, (int)other.StatusCode);
        }
    }

    [SkippableFact]
    public async Task A_reports_tag_serves_reads_and_writes()
    {
        Skip.If(system.Missing is not null, system.Missing);
        var report = await system.ReportAsync(RunningSystem.NewReport("A bollard leans"));
        var path = $"/reports/{report["incident_id"]}";
        using var read = await ConditionalAsync(path, system.Tenant, null);
        var tag = read.Headers.ETag!;
        Assert.False(tag.IsWeak);
        using var known = await ConditionalAsync(path, system.Tenant, $"\"1\", {tag}");
        Assert.Equal(304, (int)known.StatusCode);

        const string body = """{"management_data":{"note":"seen"}}""";
        Assert.Equal(200, (await system.SendAsync(HttpMethod.Put, path, body, ifMatch: tag.ToString())).Status);
        using var changed = await ConditionalAsync(path, system.Tenant, tag.ToString());
        Assert.Equal(200, (int)changed.StatusCode);
        Assert.Equal(412, (await system.SendAsync(HttpMethod.Put, path, """{"management_data":{"note":"late"}}""", ifMatch: tag.ToString())).Status);
    }

    private async Task RefusedAsync(string path, string field)
    {
        Skip.If(system.Missing is not null, system.Missing);
        var answer = await system.GetAsync(path);
        Assert.True((answer.Status, answer.Field) == (400, field), $"{path}: {answer.Status} {answer.Text}");
    }

    private Task<Answer> GetAsync(string path, Guid tenant) => system.GetAsync(path, system.Token(tenant));

    private async Task<HttpResponseMessage> ConditionalAsync(string path, Guid tenant, string? ifNoneMatch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, system.Url + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", system.Token(tenant));
        if (ifNoneMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        }

        return await system.Http.SendAsync(request);
    }

    /// <summary>A tenant with so many completed potholes around 10.5, 50.5, each hundredth of a rare category; written where lists read.</summary>
    private async Task<Guid> FilledTenantAsync(int reports)
    {
        Skip.If(system.Missing is not null, system.Missing);
        var tenant = Guid.NewGuid();
        await system.MakeTenantAsync(tenant);
        await using var connection = new NpgsqlConnection(system.Database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("""
            SELECT tenant.begin_tenant(@tenant);
            INSERT INTO users (id, tenant_id, username) VALUES (@tenant, @tenant, 'ann');
            INSERT INTO incidents (id, tenant_id, domain_id, raw_text, structured_data, location, created_by, reported_at, status)
            SELECT gen_random_uuid(), @tenant, @domain, 'Pothole on the road', jsonb_build_object('entity', jsonb_build_object('category',
                    CASE WHEN n % 100 = 0 THEN 'graffiti' ELSE 'pothole' END)),
                ST_SetSRID(ST_MakePoint(10 + (n % 40) * 0.02, 50 + (n / 40) * 0.02), 4326)::geography, @tenant,
                '2026-05-01T12:00:00Z'::timestamptz + n * interval '1 hour', 'completed'
            FROM generate_series(1, @reports) n
            """, connection);
        command.Parameters.AddWithValue("tenant", tenant);
        command.Parameters.AddWithValue("domain", RunningSystem.Domain);
        command.Parameters.AddWithValue("reports", reports);
        await command.ExecuteNonQueryAsync();
        return tenant;
    }

    private static string Turned(string cursor) => (cursor[0] == 'A' ? 'B' : 'A') + cursor[1..];
}
