namespace DomainFlow.Chaos.Tests.Support;

/// <summary>What a proof found, in one line: ./verify puts it into its table, behind those of the tests before.</summary>
internal static class Found
{
    private const string Variable = "DOMAINFLOW_VERIFY_FOUND";
    private const string Between = "; ";

    private static readonly SemaphoreSlim One = new(1, 1);

    public static async Task SayAsync(string line)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { } file) return;
        await One.WaitAsync();
        try
        {
            var separator = File.Exists(file) ? Between : "";
            await File.AppendAllTextAsync(file, separator + line);
        }
        finally
        {
            One.Release();
        }
    }
}
