using System.CommandLine;
using DomainFlow.Local.Client.Tenants;

namespace DomainFlow.Local.Client.Demo;

/// <summary>Plays a whole story on the sample reports, in a tenant of its own. Exit code 1 when anything is wrong.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var state = CommonOptions.State();
        var url = CommonOptions.Url();
        var samples = CommonOptions.Samples();
        var tenant = CommonOptions.Tenant();
        tenant.Description = "A tenant to play in; the demo tenant while it is empty, else a fresh one, which is the demo tenant from then on";
        var output = new Option<DirectoryInfo?>("--output") { Description = "Folder for map.geojson and map.svg; demo in the state folder unless given" };
        var command = new Command("demo", "Play the sample reports and questions, and check what comes of them") { state, url, samples, output, tenant };
        command.SetAction((parsed, token) => ClientRun.GuardAsync(
            async run =>
            {
                var stateFolder = parsed.GetRequiredValue(state).FullName;
                var folder = parsed.GetValue(output)?.FullName ?? Path.Combine(stateFolder, "demo");
                var started = run.Clock.GetTimestamp();
                var findings = new Findings();
                var corpus = Samples.Open(parsed.GetRequiredValue(samples).FullName);
                var stage = await new DemoStage(run, parsed.GetRequiredValue(url), stateFolder, corpus).ChooseAsync(parsed.GetValue(tenant), token);
                var story = new DemoStory(run, parsed.GetRequiredValue(url), stateFolder, corpus, stage, findings);
                await story.PlayAsync(folder, token);
                return await EndAsync(run, findings, run.Clock.GetElapsedTime(started));
            },
            token));
        return command;
    }

    private static async Task<int> EndAsync(ClientRun run, Findings findings, TimeSpan elapsed)
    {
        await run.Out.WriteLineAsync();
        if (findings.Wrong.Count == 0)
        {
            await run.Out.WriteLineAsync($"all of it holds, in {elapsed.TotalSeconds:0.0} s");
            return 0;
        }

        await run.Out.WriteLineAsync($"{findings.Wrong.Count} wrong, in {elapsed.TotalSeconds:0.0} s:");
        foreach (var wrong in findings.Wrong) await run.Out.WriteLineAsync($"  - {wrong}");
        return 1;
    }
}
