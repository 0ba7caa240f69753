namespace DomainFlow.Chaos.Tests.Support;

/// <summary>How large a property is shown: small in ./test, as large as is promised in ./verify.</summary>
internal static class ProofSize
{
    public static bool Full { get; } = Environment.GetEnvironmentVariable("DOMAINFLOW_VERIFY") is not null;

    public static int Of(int small, int full) => Full ? full : small;
}
