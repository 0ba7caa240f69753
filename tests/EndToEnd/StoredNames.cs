using System.Text.Json.Nodes;
using DomainFlow.EndToEnd.Tests.Running;
using DomainFlow.Topology;
using Xunit;

namespace DomainFlow.EndToEnd.Tests;

/// <summary>What the specification calls by name, found in what is stored.</summary>
[Collection(SystemCollection.Name)]
public class StoredNames(RunningSystem system)
{
    [SkippableFact]
    public async Task An_item_carries_every_attribute_that_it_was_specified_with()
    {
        Skip.If(system.Missing is not null, system.Missing);
        var report = await system.ReportAsync(RunningSystem.NewReport("A capybara statue fell at 43.6651, -70.2561"));
        var session = (string)(await system.PostAsync("/sessions", new JsonObject { ["domain_id"] = RunningSystem.Domain, ["title"] = "Names" })).Json["session_id"]!;
        var job = (await system.PostAsync("/queries", new JsonObject
        {
            ["domain_id"] = RunningSystem.Domain,
            ["question"] = "Where is the capybara statue?",
            ["session_id"] = session,
            ["wait_seconds"] = 25,
        })).Json;

        await HasAsync("Reports", (string)report["incident_id"]!, """
            incident_id id tenant_id domain_id raw_text images source status ingestion_data management_data created_at updated_at created_by
            """);
        await HasAsync("Sessions", session, "session_id id tenant_id user_id domain_id title message_count last_activity created_at updated_at created_by");
        await HasAsync("QueryJobs", (string)job["query_id"]!, """
            query_id id job_id tenant_id session_id domain_id question status summary map_data references_used execution_log
            created_at updated_at created_by completed_at
            """);
        await HasAsync("user_sessions", system.User.ToString(), "user_id tenant_id active_session active_domain last_activity");
        var answer = await system.QueryAsync<string>(
            "SELECT partition_key FROM embedded.items WHERE table_name = 'Messages' AND item ->> 'session_id' = @id AND item ->> 'role' = 'assistant'", ("id", session));
        await HasAsync("Messages", answer!, "message_id session_id tenant_id role content timestamp metadata");
        Assert.NotEmpty((await ItemAsync("Messages", answer!))["metadata"]!["references"]!.AsArray());
    }

    [SkippableFact]
    public async Task An_item_stands_in_each_index_of_its_table_whose_keys_it_carries()
    {
        Skip.If(system.Missing is not null, system.Missing);
        var report = await system.ReportAsync(RunningSystem.NewReport("An axolotl pond overflowed"));
        var item = await ItemAsync("Reports", (string)report["incident_id"]!);
        Assert.Equal(Expected(SystemMap.Table("Reports"), item).Order(), (await EntriesAsync("Reports", (string)report["incident_id"]!)).Order());
        var session = (string)(await system.PostAsync("/sessions", new JsonObject { ["domain_id"] = RunningSystem.Domain })).Json["session_id"]!;
        Assert.Equal(Expected(SystemMap.Table("Sessions"), await ItemAsync("Sessions", session)).Order(), (await EntriesAsync("Sessions", session)).Order());
    }

    [SkippableFact]
    public async Task A_reports_text_stands_in_incident_embeddings_with_its_vector()
    {
        Skip.If(system.Missing is not null, system.Missing);
        var report = await system.ReportAsync(RunningSystem.NewReport("A narwhal mural peels off the harbour wall"));
        var stored = await system.QueryAsync<string>("""
            SELECT tenant_id || ' ' || domain_id || ' ' || split_part(text_content, E'\n', 1) || ' ' || octet_length(embedding) / 4 || ' ' || (created_at IS NOT NULL)
            FROM embedded.search_documents WHERE index_name = 'incident_embeddings' AND id = @id
            """, ("id", Guid.Parse((string)report["incident_id"]!)));
        Assert.Equal($"{system.Tenant} {RunningSystem.Domain} A narwhal mural peels off the harbour wall 1536 true", stored);
    }

    [SkippableTheory]
    [InlineData("ingestion_playbook")]
    [InlineData("query_playbook")]
    [InlineData("management_playbook")]
    public async Task A_stored_playbook_is_a_graph_of_nodes_and_of_edges_from_and_to(string column)
    {
        Skip.If(system.Missing is not null, system.Missing);
        Assert.True(await system.QueryAsync<bool>($$"""
            SELECT bool_and(
                jsonb_array_length({{column}} #> '{agent_execution_graph,nodes}') > 0
                AND jsonb_typeof({{column}} #> '{agent_execution_graph,edges}') = 'array'
                AND NOT EXISTS (SELECT FROM jsonb_array_elements({{column}} #> '{agent_execution_graph,edges}') edge WHERE NOT edge ?& ARRAY['from', 'to']))
            FROM domain_configurations
            """));
    }

    [SkippableFact]
    public async Task A_photos_key_is_tenant_domain_incident_and_a_number()
    {
        Skip.If(system.Missing is not null, system.Missing);
        var body = RunningSystem.NewReport("Two photos follow");
        body["images"] = new JsonArray(Photo("a.jpg", "image/jpeg"), Photo("b.png", "image/png"));
        var accepted = (await system.PostAsync("/reports", body)).Json;
        var folder = $"{system.Tenant}/{RunningSystem.Domain}/{accepted["incident_id"]}";
        Assert.Equal([$"{folder}/image_001.jpg", $"{folder}/image_002.png"], accepted["uploads"]!.AsArray().Select(u => (string)u!["s3_key"]!));
    }

    private static JsonObject Photo(string name, string type) => new() { ["file_name"] = name, ["content_type"] = type, ["size"] = 1000 };

    private async Task HasAsync(string table, string key, string attributes)
    {
        var item = await ItemAsync(table, key);
        var missing = attributes.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Except(item.Select(pair => pair.Key));
        Assert.True(!missing.Any(), $"{table} lacks {string.Join(", ", missing)}: {item.ToJsonString()}");
    }

    private async Task<JsonObject> ItemAsync(string table, string key) => JsonNode.Parse((await system.QueryAsync<string>(
        "SELECT item::text FROM embedded.items WHERE table_name = @table AND partition_key = @key", ("table", table), ("key", key)))!)!.AsObject();

    private async Task<string[]> EntriesAsync(string table, string key) => await system.QueryAsync<string[]>("""
        SELECT array_agg(index_name || ' ' || index_partition || ' ' || index_sort) FROM embedded.index_entries
        WHERE table_name = @table AND partition_key = @key
        """, ("table", table), ("key", key)) ?? [];

    private static IEnumerable<string> Expected(TableDefinition table, JsonObject item) => table.Indexes
        .Where(index => item[index.PartitionKey] is not null && (index.SortKey is null || item[index.SortKey] is not null))
        .Select(index => $"{index.Name} {item[index.PartitionKey]} {(index.SortKey is null ? "" : item[index.SortKey])}");
}
