using DomainFlow.EndToEnd.Tests.Running;

namespace DomainFlow.Chaos.Tests.Support;

/// <summary>How large a property is shown: small in ./test, as large as is promised in ./verify.</summary>
internal static class ProofSize
{
    public static bool Full { get; } = Environment.GetEnvironmentVariable("DOMAINFLOW_VERIFY") is not null;

    /// <summary>On AWS's stores a proof is a tenth as large: their servers are slower, and what is shown is that the adapters hold.</summary>
    public static int Of(int small, int full) => !Full ? small : RunningSystem.OnAws ? Math.Max(small, full / 10) : full;
}
