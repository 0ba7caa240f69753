namespace DomainFlow.Benchmarks.Measuring;

/// <summary>What is being done, on the error stream: the results have the output for themselves.</summary>
internal static class Progress
{
    public static void Say(string what) => Console.Error.WriteLine($"  {what}");
}
