using System.Globalization;

namespace DomainFlow.Playbooks.Agents;

internal static class Iso
{
    /// <summary>ISO 8601 with Z, whole seconds.</summary>
    public static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
