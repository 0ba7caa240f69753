namespace DomainFlow.Local.Client.Api;

/// <summary>Answer of GET /domains/{domain_id}, as far as it is read here.</summary>
/// <param name="TimeZone">IANA name.</param>
public sealed record DomainState(string DomainId, string TimeZone);
