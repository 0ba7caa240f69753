using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Templates;

namespace DomainFlow.DbInit.Tenants;

/// <summary>A tenant to make, or to bring to what this says.</summary>
/// <param name="Dedicated">True for partitions of its own.</param>
public sealed record TenantRequest(Guid Id, string Name, bool Dedicated, IReadOnlyList<DomainRequest> Domains);

/// <summary>A domain made from a template; what is given here stands in place of the template's. A null leaves a domain that is there as it is.</summary>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Language">ISO 639-1 code.</param>
/// <param name="SelfReporting">Any user of the tenant may report.</param>
/// <param name="Area">Where the domain's reports come from.</param>
/// <param name="Learned">A model of <paramref name="Categories"/>, which stand beside it.</param>
public sealed record DomainRequest(
    string DomainId,
    DomainTemplate Template,
    string? Name,
    string? TimeZone,
    string? Language,
    IReadOnlyList<Place>? Places,
    IReadOnlyList<Category>? Categories,
    LearnedCategories? Learned = null,
    bool? SelfReporting = null,
    Area? Area = null);
