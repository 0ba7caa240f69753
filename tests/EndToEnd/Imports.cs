using System.Text.Json.Nodes;
using DomainFlow.Chaos.Tests.Support;
using DomainFlow.EndToEnd.Tests.Running;
using Xunit;

namespace DomainFlow.EndToEnd.Tests;

/// <summary>A CSV goes in through the command, and questions about it come back with references that exist.</summary>
[Collection(SystemCollection.Name)]
public class Imports(RunningSystem system)
{
    private static readonly string[] Questions =
    [
        "How many potholes were reported?",
        "Where are street lights out?",
        "Which category is reported most often?",
        "When was graffiti reported?",
        "What was reported about trees?",
        "Is there illegal dumping?",
        "Where is the sidewalk damaged?",
        "What happened to the traffic signal?",
        "Was trash not collected?",
        "How many complaints about noise are there?",
        "Where are cars parked illegally?",
        "What was reported about snow?",
        "Who reported a problem with parking?",
        "Why is the road dangerous?",
        "Where does water run over the street?",
        "Which reports are urgent?",
        "How many trees are down?",
        "What kind of litter was dumped?",
        "When was the last pothole reported?",
        "Where are drains blocked?",
    ];

    [SkippableFact]
    public Task The_sample_rows_are_imported_once_and_answer_questions() =>
        ImportAndAskAsync(Path.Combine(RunningSystem.Root, "samples", "import-sample.csv"), 40, Questions.Take(5), 3);

    [SkippableFact]
    public Task Five_hundred_rows_of_a_city_are_imported_once_and_answer_twenty_questions()
    {
        Skip.IfNot(ProofSize.Full, "takes a minute: ./verify import runs it");
        var file = Environment.GetEnvironmentVariable("DOMAINFLOW_TEST_CSV");
        Skip.If(file is null, "DOMAINFLOW_TEST_CSV is not set: no CSV of a city");
        return ImportAndAskAsync(file!, 500, Questions, 15);
    }

    private async Task ImportAndAskAsync(string file, int rows, IEnumerable<string> questions, int answered)
    {
        Skip.If(system.Missing is not null, system.Missing);
        var tenant = Guid.NewGuid();
        await system.MakeTenantAsync(tenant);
        Assert.Contains($"{rows} sent ({rows} new, 0 repeated), 0 failed", await ImportAsync(file, tenant, rows), StringComparison.Ordinal);
        Assert.Contains($"{rows} sent (0 new, {rows} repeated), 0 failed", await ImportAsync(file, tenant, rows), StringComparison.Ordinal);
        const string settled = """
            SELECT count(*) FROM incidents i JOIN embedded.items r ON r.table_name = 'Reports' AND r.partition_key = i.id::text
            WHERE i.tenant_id = @tenant AND (i.status = 'completed' OR i.status = 'failed' AND r.item ->> 'failure_reason' <> '')
            """;
        Assert.Equal(rows, await system.QueryAsync<long>(settled, ("tenant", tenant)));
        Assert.Equal(rows, await system.QueryAsync<long>("SELECT count(*) FROM incidents WHERE tenant_id = @tenant", ("tenant", tenant)));
        Assert.Equal(rows, await system.QueryAsync<long>(
            "SELECT count(DISTINCT item #>> '{labels,external_id}') FROM embedded.items WHERE table_name = 'Reports' AND tenant_id = @tenant", ("tenant", tenant)));

        var token = system.Token(tenant);
        var withEvidence = 0;
        foreach (var question in questions)
        {
            var job = (await system.PostAsync("/queries", new JsonObject { ["domain_id"] = RunningSystem.Domain, ["question"] = question, ["wait_seconds"] = 25 }, token)).Json;
            Assert.True((string?)job["status"] == "completed", job.ToJsonString() + system.Log);
            foreach (var reference in job["references_used"]!.AsArray())
            {
                Assert.Equal(200, (await system.GetAsync($"/reports/{reference!["id"]}", token)).Status);
            }

            withEvidence += job["references_used"]!.AsArray().Count > 0 ? 1 : 0;
        }

        Assert.True(withEvidence >= answered, $"only {withEvidence} questions found evidence");
    }

    private async Task<string> ImportAsync(string file, Guid tenant, int rows)
    {
        var run = await system.ClientAsync("import", file, "--tenant", tenant.ToString(), "--limit", rows.ToString(), "--wait");
        Assert.True(run.ExitCode == 0, run.Output + run.Error + system.Log);
        return run.Output;
    }
}
