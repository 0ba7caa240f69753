using System.Runtime.CompilerServices;
using DomainFlow.Domain.Playbooks;

namespace DomainFlow.Playbooks.Places;

/// <summary>One gazetteer for each configuration that is in use, for as long as it is.</summary>
internal sealed class Gazetteers
{
    private readonly ConditionalWeakTable<IReadOnlyList<Place>, Gazetteer> kept = [];

    public Gazetteer Of(DomainConfiguration domain) => kept.GetValue(domain.Places, places => new Gazetteer(places));
}
