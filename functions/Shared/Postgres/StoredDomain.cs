using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using DomainFlow.Domain.Playbooks;
using DomainFlow.Playbooks.Templates;

namespace DomainFlow.Postgres;

/// <summary>A row of domain_configurations as text, and the same packed for a cache.</summary>
/// <param name="Stamp">Which row at which version.</param>
/// <param name="Values">As <see cref="Columns"/> lists them.</param>
internal sealed record StoredDomain(Guid Tenant, string Stamp, IReadOnlyList<string> Values)
{
    public const string Columns = """
        domain_id, domain_name, coalesce(description, ''), ingestion_playbook::text, query_playbook::text, management_playbook::text,
            categories::text, places::text, status_transitions::text, settings::text, version::text, coalesce(learned::text, '')
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
            Values[0],
            Values[1],
            Values[2],
            ConfigurationJson.ToPlaybook(Object(3)),
            ConfigurationJson.ToPlaybook(Object(4)),
            ConfigurationJson.ToPlaybook(Object(5)),
            DomainParts.ToCategories(JsonNode.Parse(Values[6])),
            DomainParts.ToPlaces(JsonNode.Parse(Values[7])),
            ConfigurationJson.ToTransitions(Object(8)),
            (string?)settings["time_zone"] ?? "UTC",
            (string?)settings["language"] ?? "en",
            int.Parse(Values[10], CultureInfo.InvariantCulture),
            ConfigurationJson.ToNeeded(settings["needed"]),
            Values[11].Length > 0 ? DomainParts.ToLearned(JsonNode.Parse(Values[11])) : null,
            (bool?)settings["self_reporting"] ?? false,
            DomainParts.ToArea(settings["area"]));
    }

    /// <summary>Compressed: shape, tenant, stamp and values, each as its length and its text.</summary>
    public byte[] Pack()
    {
        var packed = new MemoryStream();
        using (var compressed = new BrotliStream(packed, CompressionLevel.Fastest))
        {
            foreach (var text in Values.Prepend(Stamp).Prepend(Tenant.ToString()).Prepend(Shape))
            {
                var bytes = Encoding.UTF8.GetBytes(text);
                var length = new byte[sizeof(int)];
                BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
                compressed.Write(length);
                compressed.Write(bytes);
            }
        }

        return packed.ToArray();
    }

    /// <returns>Null where it is not this domain of this tenant at this stamp, or cannot be read: a cache is not believed.</returns>
    public static DomainConfiguration? Unpack(byte[] packed, Guid tenant, string domainId, string stamp)
    {
        try
        {
            var texts = Texts(Decompress(packed));
            return texts.Count == ColumnCount + 3 && texts[0] == Shape && texts[1] == tenant.ToString() && texts[2] == stamp && texts[3] == domainId
                ? new StoredDomain(tenant, stamp, texts[3..]).ToConfiguration()
                : null;
        }
        catch (Exception unreadable) when (unreadable is not OutOfMemoryException)
        {
            return null;
        }
    }

    private static List<string> Texts(ReadOnlySpan<byte> all)
    {
        var texts = new List<string>();
        for (var rest = all; rest.Length > 0;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(rest);
            texts.Add(Encoding.UTF8.GetString(rest.Slice(sizeof(int), length)));
            rest = rest[(sizeof(int) + length)..];
        }

        return texts;
    }

    private static ReadOnlySpan<byte> Decompress(byte[] packed)
    {
        using var compressed = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        var text = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (compressed.Read(buffer) is > 0 and var count)
        {
            if (text.Length + count > MaxBytes) throw new InvalidDataException("It is larger than any configuration.");
            text.Write(buffer, 0, count);
        }

        return text.GetBuffer().AsSpan(0, (int)text.Length);
    }

    private JsonObject Object(int column) => JsonNode.Parse(Values[column])!.AsObject();
}
