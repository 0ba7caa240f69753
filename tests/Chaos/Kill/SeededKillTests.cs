using DomainFlow.Chaos.Tests.Support;

namespace DomainFlow.Chaos.Tests.Kill;

public sealed class SeededKillTests(OwnedDatabase database) : IClassFixture<OwnedDatabase>
{
    [SkippableFact]
    public async Task Whatever_is_killed_stalls_or_comes_late_the_stores_agree_and_nothing_deleted_rises()
    {
        database.Needed();
        var (seeds, kills, stalls, redriven) = (ProofSize.Of(small: 4, full: 200), 0, 0, 0);
        var first = int.TryParse(Environment.GetEnvironmentVariable("DOMAINFLOW_CHAOS_SEED"), out var given) ? given : 1;
        for (var seed = first; seed < first + seeds; seed++)
        {
            await using var world = await ReportWorld.MakeAsync(database);
            var run = new ChaosRun(world, seed);
            await run.PlayAsync();
            (kills, stalls, redriven) = (kills + run.Kills, stalls + run.Stalls, redriven + run.Redriven);
        }

        Assert.True(kills > seeds && stalls > seeds, $"only {kills} kills and {stalls} stalls");
        await Found.SayAsync($"{seeds} seeds, {kills} kills, {stalls} stalls, {redriven} redriven: 0 differences");
    }
}
