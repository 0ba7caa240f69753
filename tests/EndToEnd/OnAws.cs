using DomainFlow.EndToEnd.Tests.Running;
using Xunit;

namespace DomainFlow.EndToEnd.Tests;

/// <summary>The whole story once on the adapters of a deployment; ./verify --aws runs much more of it.</summary>
public class OnAws
{
    [SkippableFact]
    public async Task The_demo_passes_on_DynamoDB_S3_and_OpenSearch()
    {
        var system = new RunningSystem { Between = servers => Task.FromResult(servers.Variables) };
        try
        {
            await system.InitializeAsync();
            Skip.If(system.Missing is not null, system.Missing);
            var demo = await system.ClientAsync("demo", "--samples", Path.Combine(RunningSystem.Root, "samples", "civic-complaints"));
            Assert.True(demo.ExitCode == 0, demo.Output + demo.Error + system.Log);
            Assert.DoesNotContain("[Error]", system.Log, StringComparison.Ordinal);
        }
        finally
        {
            await system.DisposeAsync();
        }
    }
}
