namespace DomainFlow.Postgres;

/// <summary>What filters need to know of a domain.</summary>
/// <param name="Language">ISO 639-1 code: how words are stemmed.</param>
/// <param name="TimeZone">IANA name of the zone in which its days begin.</param>
/// <param name="Categories">Ids; none where any category may come out.</param>
public sealed record DomainFacts(string DomainId, string Language, string TimeZone, IReadOnlyList<string> Categories)
{
    /// <summary>Domains of several zones have no day in common but UTC's.</summary>
    public static string ZoneOf(IEnumerable<string> zones) => zones.Distinct().ToList() is [var zone] ? zone : "UTC";
}
