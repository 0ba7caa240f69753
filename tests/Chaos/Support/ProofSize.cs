namespace DomainFlow.Chaos.Tests.Support;

/// <summary>
/// How large a property is shown: small in ./test, as large as is promised in ./verify, a tenth of that where DOMAINFLOW_VERIFY is
/// "tenth" (for stores that are slower than the embedded ones).
/// </summary>
internal static class ProofSize
{
    private static readonly string? Asked = Environment.GetEnvironmentVariable("DOMAINFLOW_VERIFY");

    public static bool Full => Asked is not null;

    /// <param name="tenth">Where a tenth would show nothing.</param>
    public static int Of(int small, int full, int? tenth = null) => Asked switch
    {
        null => small,
        "tenth" => tenth ?? Math.Max(small, full / 10),
        _ => full,
    };
}
