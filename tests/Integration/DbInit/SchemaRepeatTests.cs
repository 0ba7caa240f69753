using DomainFlow.Chaos.Tests.Support;
using DomainFlow.DbInit;
using DomainFlow.Integration.Tests.Infrastructure;

namespace DomainFlow.Integration.Tests.DbInit;

public sealed class SchemaRepeatTests
{
    [SkippableFact]
    public async Task Many_runs_in_a_row_and_twenty_at_once_give_the_same_schema()
    {
        var (inARow, atOnce) = (new TestDatabase(), new TestDatabase());
        inARow.Needed();
        await inARow.InitializeAsync();
        await atOnce.InitializeAsync();
        try
        {
            var first = await RunAsync(inARow);
            Assert.Contains("\"0007_incidents.sql\"", first.ToJson(TimeSpan.Zero)["created"]!.ToJsonString());
            var afterOne = await CatalogDump.TakeAsync(inARow);
            var schema = await inARow.SchemaAsync();
            var runs = ProofSize.Of(small: 10, full: 100);
            for (var run = 2; run <= runs; run++)
            {
                var log = new WorkLog();
                Assert.Null(await schema.RunAsync(log, CancellationToken.None));
                Assert.Empty(log.Made);
            }

            Assert.Equal(afterOne, await CatalogDump.TakeAsync(inARow));

            var logs = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => RunAsync(atOnce)));
            Assert.Equal(afterOne, await CatalogDump.TakeAsync(atOnce));
            Assert.Single(logs, log => log.Made.Contains("0007_incidents.sql"));
            await Found.SayAsync($"{runs} runs in a row and {logs.Length} at once: the same schema");
        }
        finally
        {
            await inARow.DisposeAsync();
            await atOnce.DisposeAsync();
        }
    }

    private static async Task<WorkLog> RunAsync(TestDatabase database)
    {
        var log = new WorkLog();
        Assert.Null(await (await database.SchemaAsync()).RunAsync(log, CancellationToken.None));
        return log;
    }
}
