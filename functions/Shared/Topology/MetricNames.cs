namespace DomainFlow.Topology;

/// <summary>Counts that the functions write and that alarms or dashboards read, in the configured namespace.</summary>
public static class MetricNames
{
    /// <summary>The dimension: which function counted.</summary>
    public const string Dimension = "Function";

    /// <summary>Reports and questions that the sweeper told their queue again.</summary>
    public const string Swept = "Swept";

    /// <summary>Reports and questions that nothing could move: an alarm watches it.</summary>
    public const string GivenUp = "GivenUp";

    /// <summary>What a comparison of the stores found.</summary>
    public const string Differences = "Differences";

    public const string Mended = "Mended";
}
