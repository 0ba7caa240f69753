using DomainFlow.Chaos.Tests.Support;
using DomainFlow.Judge.Tests.Judging;
using DomainFlow.Judge.Tests.Running;

namespace DomainFlow.Judge.Tests;

/// <summary>The synthesised roles, notifications and lifecycle rules, evaluated on every call and every key of a run.</summary>
[Collection(JudgedCollection.Name)]
public sealed class TemplateJudgesTheRun(JudgedRun run, JudgedSystem judged) : IClassFixture<JudgedRun>
{
    [SkippableFact]
    public async Task Each_call_is_allowed_and_each_permission_is_used()
    {
        Skip.If(run.Missing is not null, run.Missing);
        using var system = judged.Templates();
        var judge = new RoleJudge(system, run.Calls);
        await Found.SayAsync($"{run.Calls.Count} calls, {judge.Judged} distinct, each allowed; each of {judge.OfRuns} permissions needed");
        Assert.Multiple(
            () => None("signed for by no role", judge.Unnamed),
            () => None("not allowed", judge.Refused),
            () => None("not needed", judge.Unused),
            () => None("on the platform's list without need", judge.NeedlessExceptions));
    }

    [SkippableFact]
    public async Task Each_original_is_told_of_once_and_nothing_else_is()
    {
        Skip.If(run.Missing is not null, run.Missing);
        using var system = judged.Templates();
        var judge = new BucketJudge(system, run.Calls);
        var originals = judge.Objects.Count(made => made.IsOriginal);
        await Found.SayAsync($"{originals} originals told of once, {judge.Objects.Count - originals} derived objects never");
        None("wrongly told of", judge.WronglyTold);
        None("notifications of nothing", judge.SilentNotifications);
    }

    [SkippableFact]
    public void What_is_temporary_expires_and_nothing_else_does()
    {
        Skip.If(run.Missing is not null, run.Missing);
        using var system = judged.Templates();
        var judge = new BucketJudge(system, run.Calls);
        Assert.Contains(judge.Objects, made => made.Key.StartsWith(Topology.SystemMap.ExpiringItemValues, StringComparison.Ordinal));
        None("wrongly kept", judge.WronglyKept);
    }

    private static void None(string what, IReadOnlyList<string> found) => Assert.True(found.Count == 0, $"{found.Count} {what}:\n{string.Join('\n', found)}");
}
