using DomainFlow.Domain.Json;

namespace DomainFlow.Playbooks.Agents;

internal static class Iso
{
    /// <summary>As all times are written.</summary>
    public static string Utc(DateTimeOffset time) => UtcJsonConverter.Write(time);
}
