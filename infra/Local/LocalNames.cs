namespace DomainFlow.Local;

/// <summary>What AWS would call this machine.</summary>
internal static class LocalNames
{
    public const string Region = "local-1";
    /// <summary>The service that requests to the host's own endpoints are signed for.</summary>
    public const string OperatorService = "lambda";

    public const string Account = "000000000000";
    public const string Metrics = "DomainFlow/local";
}
