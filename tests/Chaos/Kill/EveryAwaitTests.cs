using DomainFlow.Chaos.Tests.Support;
using DomainFlow.EndToEnd.Tests.Running;

namespace DomainFlow.Chaos.Tests.Kill;

/// <summary>One report, one kill: at each await in turn, in each state that a message can meet.</summary>
public sealed class EveryAwaitTests(OwnedDatabase database) : IClassFixture<OwnedDatabase>
{
    [SkippableTheory]
    [InlineData("received")]
    [InlineData("received with a photo")]
    [InlineData("reprocessed")]
    [InlineData("corrected")]
    [InlineData("deleted")]
    public async Task A_kill_before_any_await_leaves_no_difference_once_the_message_came_again(string state)
    {
        database.Needed();
        await using var world = await ReportWorld.MakeAsync(database);
        var step = ProofSize.Of(small: 5, full: 1);
        var kills = 0;
        for (var stopAt = 1; ; stopAt += step)
        {
            var incident = await PreparedAsync(world, state);
            await world.TakeChangesAsync();
            var process = world.TakeProcess();
            var ending = await process.HandleAsync(incident, 1, stopAt);
            if (ending == Ending.Done) break;
            Assert.True(ending == Ending.Killed, $"await {stopAt}: {process.Error}");
            kills++;
            await world.ReturnAsync(process, ending);
            await world.ObserveAsync(incident);
            await SettleAsync(world, incident, redelivered: true);
            await world.ObserveAsync(incident);
            Assert.Empty(await world.DifferencesAsync());
        }

        Assert.True(kills * step >= 5, $"only {kills} awaits were found");
    }

    /// <summary>An await that left the context would pass unseen: it could not be killed.</summary>
    [Fact]
    public void Every_await_of_the_functions_stays_in_its_context()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(RunningSystem.Root, "functions"), "*.cs", SearchOption.AllDirectories).ToList();
        Assert.True(sources.Count > 100);
        Assert.DoesNotContain(sources, file => File.ReadAllText(file).Contains("ConfigureAwait(", StringComparison.Ordinal));
    }

    private static async Task<Guid> PreparedAsync(ReportWorld world, string state)
    {
        var incident = await world.ReportAsync(announcesPhoto: state == "received with a photo");
        switch (state)
        {
            case "received with a photo":
                await world.NotePhotoAsync(incident);
                break;
            case "reprocessed":
                await SettleAsync(world, incident);
                await world.ReprocessAsync(incident);
                break;
            case "corrected":
                await SettleAsync(world, incident);
                await world.CorrectAsync(incident, "Somewhere else");
                break;
            case "deleted":
                await SettleAsync(world, incident);
                await world.DeleteAsync(incident);
                break;
        }

        return incident;
    }

    /// <summary>Delivers the killed message again where there was one, then what the stream tells.</summary>
    private static async Task SettleAsync(ReportWorld world, Guid incident, bool redelivered = false)
    {
        if (redelivered) await DeliverAsync(world, incident, 2);
        for (var changes = await world.TakeChangesAsync(); changes.Count > 0; changes = await world.TakeChangesAsync())
        {
            foreach (var changed in changes) await DeliverAsync(world, changed, 1);
        }
    }

    private static async Task DeliverAsync(ReportWorld world, Guid incident, int receiveCount)
    {
        var process = world.TakeProcess();
        Assert.True(await process.HandleAsync(incident, receiveCount) == Ending.Done, $"{process.Error}");
        await world.ReturnAsync(process, Ending.Done);
    }
}
