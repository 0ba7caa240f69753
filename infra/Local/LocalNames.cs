namespace DomainFlow.Local;

/// <summary>What AWS would call this machine.</summary>
internal static class LocalNames
{
    public const string Region = "local-1";
    public const string Account = "000000000000";
    public const string Metrics = "DomainFlow/local";
}
