namespace DomainFlow.Chaos.Tests.Storm;

internal enum Fault
{
    SynthesisKilled,
    HostKilled,
    DatabaseRestarted,
    DatabaseKilled,
}

/// <summary>Which fault comes once how many reports are finished: spread over the import by chance, the same for the same seed.</summary>
internal static class StormSchedule
{
    public static IReadOnlyList<(int AfterReports, Fault Fault)> Make(int seed, int reports, params (Fault Fault, int Count)[] faults)
    {
        var random = new Random(seed);
        var all = faults.SelectMany(f => Enumerable.Repeat(f.Fault, f.Count)).ToArray();
        random.Shuffle(all);
        // Not in the last tenth: each fault is to meet work.
        var stretch = reports * 0.9 / all.Length;
        return [.. all.Select((fault, place) => ((int)((place + random.NextDouble()) * stretch), fault))];
    }
}
