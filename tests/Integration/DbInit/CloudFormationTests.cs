using System.Text.Json.Nodes;
using DomainFlow.Integration.Tests.Infrastructure;

namespace DomainFlow.Integration.Tests.DbInit;

public sealed class CloudFormationTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [SkippableFact]
    public async Task A_stack_gets_its_schema_and_one_answer_for_each_event()
    {
        database.Needed();
        var created = await AnswerAsync("Create", null);
        Assert.Equal("SUCCESS", (string?)created["Status"]);
        Assert.Equal(("stack-1", "request-1", "Schema"), ((string?)created["StackId"], (string?)created["RequestId"], (string?)created["LogicalResourceId"]));
        Assert.Contains("0001_schema_history.sql", (string?)created["Data"]!["Created"]);

        var id = (string?)created["PhysicalResourceId"];
        Assert.False(string.IsNullOrEmpty(id));
        Assert.Equal(id, (string?)(await AnswerAsync("Update", id))["PhysicalResourceId"]);

        await database.ExecuteAsync(await database.OwnerSourceAsync(), $"INSERT INTO tenants (tenant_name) VALUES ('Kept')");
        var deleted = await AnswerAsync("Delete", id);
        Assert.Equal(("SUCCESS", id), ((string?)deleted["Status"], (string?)deleted["PhysicalResourceId"]));
        Assert.Equal(["Kept"], await database.LinesAsync(await database.OwnerSourceAsync(), "SELECT tenant_name FROM tenants"));
    }

    [SkippableFact]
    public async Task A_failure_is_answered_with_its_reason()
    {
        await using var own = await OwnDatabase.MakeAsync();
        await own.Database.LaidAsync();
        await own.Database.ExecuteAsync(await own.Database.OwnerSourceAsync(), "UPDATE schema_history SET checksum = repeat('0', 64) WHERE name LIKE '0006%'");
        var changed = await AnswerAsync("Update", "there", own.Database);
        Assert.Equal("FAILED", (string?)changed["Status"]);
        Assert.StartsWith("0006_domains.sql: ", (string?)changed["Reason"]);

        await own.Database.ExecuteAsync(await own.Database.OwnerSourceAsync(), """
            DELETE FROM schema_history WHERE name LIKE '0006%';
            ALTER TABLE domain_configurations RENAME COLUMN tenant_id TO tenant;
            """);
        var broken = await AnswerAsync("Update", "there", own.Database);
        Assert.Equal(("FAILED", "there"), ((string?)broken["Status"], (string?)broken["PhysicalResourceId"]));
        Assert.Contains("0006_domains.sql", (string?)broken["Reason"]);
    }

    [SkippableFact]
    public async Task An_answer_that_was_not_taken_is_given_again()
    {
        database.Needed();
        Assert.Equal("SUCCESS", (string?)(await AnswerAsync("Delete", "there", refusals: 2))["Status"]);
    }

    private async Task<JsonObject> AnswerAsync(string requestType, string? physicalId, TestDatabase? on = null, int refusals = 0)
    {
        var puts = new List<string>();
        await using var server = new OneShotServer((method, path, body) =>
        {
            Assert.Equal(("PUT", "/answer?signature=abc"), (method, path));
            puts.Add(body);
            return Task.FromResult((puts.Count > refusals ? 200 : 503, "", new Dictionary<string, string>()));
        });
        var payload = new JsonObject
        {
            ["RequestType"] = requestType,
            ["ResponseURL"] = $"http://{server.Address}/answer?signature=abc",
            ["StackId"] = "stack-1",
            ["RequestId"] = "request-1",
            ["LogicalResourceId"] = "Schema",
            ["ResourceType"] = "Custom::Schema",
            ["ResourceProperties"] = new JsonObject { ["ServiceToken"] = "arn" },
        };
        if (physicalId is not null) payload["PhysicalResourceId"] = physicalId;
        await DbInitDriver.InvokeAsync(on ?? database, payload.ToJsonString());
        Assert.Equal(refusals + 1, puts.Count);
        return JsonNode.Parse(puts[^1])!.AsObject();
    }
}
