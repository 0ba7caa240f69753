using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Templates;

namespace DomainFlow.Postgres;

/// <summary>A row of domain_configurations as text, and the same packed for a cache.</summary>
/// <param name="Stamp">Which row at which version.</param>
/// <param name="Values">As <see cref="Columns"/> lists them.</param>
internal sealed record StoredDomain(Guid Tenant, string Stamp, IReadOnlyList<string?> Values)
{
    public const string Columns = """
        domain_id, domain_name, coalesce(description, ''), ingestion_playbook::text, query_playbook::text, management_playbook::text,
            categories::text, places::text, status_transitions::text, settings::text, version::text, learned::text
        """;

    private const int ColumnCount = 12;

    // Changes when what is packed changes its shape: a release does not read another's.
    private const string Shape = "1";

    /// <summary>A city's learned model is some 1.3 MB of text; far more than that is not ours.</summary>
    private const int MaxBytes = 16 * 1024 * 1024;

    /// <exception cref="FormatException">A value is not what its column holds.</exception>
    public DomainConfiguration ToConfiguration()
    {
        var settings = Object(9);
        return new DomainConfiguration(
            Tenant,
            Text(0),
            Text(1),
            Text(2),
            ConfigurationJson.ToPlaybook(Object(3)),
            ConfigurationJson.ToPlaybook(Object(4)),
            ConfigurationJson.ToPlaybook(Object(5)),
            DomainParts.ToCategories(JsonNode.Parse(Text(6))),
            DomainParts.ToPlaces(JsonNode.Parse(Text(7))),
            ConfigurationJson.ToTransitions(Object(8)),
            (string?)settings["time_zone"] ?? "UTC",
            (string?)settings["language"] ?? "en",
            int.Parse(Text(10), System.Globalization.CultureInfo.InvariantCulture),
            ConfigurationJson.ToNeeded(settings["needed"]),
            Values[11] is { } learned ? DomainParts.ToLearned(JsonNode.Parse(learned)) : null);
    }

    /// <summary>A compressed JSON array of texts: shape, tenant, stamp, values.</summary>
    public byte[] Pack()
    {
        var packed = new MemoryStream();
        using (var compressed = new BrotliStream(packed, CompressionLevel.Fastest))
        using (var json = new Utf8JsonWriter(compressed))
        {
            json.WriteStartArray();
            foreach (var value in Values.Prepend(Stamp).Prepend(Tenant.ToString()).Prepend(Shape)) json.WriteStringValue(value);
            json.WriteEndArray();
        }

        return packed.ToArray();
    }

    /// <returns>Null where it is not this domain of this tenant at this stamp, or cannot be read: a cache is not believed.</returns>
    public static DomainConfiguration? Unpack(byte[] packed, Guid tenant, string domainId, string stamp)
    {
        try
        {
            using var json = JsonDocument.Parse(Decompress(packed));
            var texts = json.RootElement.EnumerateArray().Select(text => text.GetString()).ToList();
            return texts.Count == ColumnCount + 3 && texts[0] == Shape && texts[1] == tenant.ToString() && texts[2] == stamp && texts[3] == domainId
                ? new StoredDomain(tenant, stamp, texts[3..]).ToConfiguration()
                : null;
        }
        catch (Exception unreadable) when (unreadable is not OutOfMemoryException)
        {
            return null;
        }
    }

    private static ReadOnlyMemory<byte> Decompress(byte[] packed)
    {
        using var compressed = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        var text = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (compressed.Read(buffer) is > 0 and var count)
        {
            if (text.Length + count > MaxBytes) throw new InvalidDataException("It is larger than any configuration.");
            text.Write(buffer, 0, count);
        }

        return text.GetBuffer().AsMemory(0, (int)text.Length);
    }

    private string Text(int column) => Values[column] ?? throw new FormatException($"Column {column} is null.");

    private JsonObject Object(int column) => JsonNode.Parse(Text(column))!.AsObject();
}
