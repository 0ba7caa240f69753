using System.Collections.Concurrent;
using DomainFlow.Domain.Playbooks;

namespace DomainFlow.Playbooks.Places;

/// <summary>One gazetteer for each domain's current version.</summary>
internal sealed class Gazetteers
{
    private readonly ConcurrentDictionary<(Guid Tenant, string Domain), (int Version, IReadOnlyList<Place> Places, Gazetteer Index)> kept = new();

    public Gazetteer Of(DomainConfiguration domain)
    {
        var key = (domain.Tenant, domain.DomainId);
        if (kept.TryGetValue(key, out var current) && current.Version == domain.Version && current.Places.Count == domain.Places.Count)
            return current.Index;
        var index = new Gazetteer(domain.Places);
        kept[key] = (domain.Version, domain.Places, index);
        return index;
    }
}
