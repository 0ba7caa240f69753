namespace DomainFlow.Chaos.Tests.Support;

/// <summary>What a proof found, in one line: ./verify puts it into its table.</summary>
internal static class Found
{
    private const string Variable = "DOMAINFLOW_VERIFY_FOUND";

    public static async Task SayAsync(string line)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { } file) await File.AppendAllTextAsync(file, line);
    }
}
