namespace DomainFlow.Benchmarks.Measuring;

/// <summary>Latencies of one thing measured, in milliseconds.</summary>
internal sealed class Samples
{
    private readonly List<double> values = [];

    public int Count => values.Count;

    public double Median => At(0.5);

    public double P99 => At(0.99);

    public void Add(TimeSpan latency) => values.Add(latency.TotalMilliseconds);

    public void Add(Samples others) => values.AddRange(others.values);

    /// <summary>The smallest value that at least this share of all does not exceed (nearest rank).</summary>
    /// <exception cref="InvalidOperationException">Nothing was measured.</exception>
    public double At(double share)
    {
        if (values.Count == 0) throw new InvalidOperationException("Nothing was measured.");
        var sorted = values.Order().ToArray();
        return sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
    }
}
