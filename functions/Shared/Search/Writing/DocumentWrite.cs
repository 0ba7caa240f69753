using System.Buffers;
using System.Globalization;
using System.Text.Json;
using DomainFlow.Domain.Search;
using DomainFlow.Search.Wire;

namespace DomainFlow.Search.Writing;

/// <summary>One line pair of a bulk request: what to do to which document, and its fields.</summary>
/// <param name="Refusal">Why it is not sent at all.</param>
internal sealed record DocumentWrite(Guid Tenant, Guid Id, StoredVersion Version, Action<Utf8JsonWriter>? Fields, string? Refusal = null)
{
    /// <param name="unit">The document's embedding, of length 1.</param>
    public static DocumentWrite Of(SearchDocument document, float[] unit) =>
        new(document.Tenant, document.Id, StoredVersion.OfDocument(document.Version), json =>
        {
            WriteKeys(json, document.Tenant, document.Id, document.CreatedAt, isDeleted: false);
            var text = document.Text.Replace('\0', ' ');
            json.WriteString(Field.Domain, document.DomainId);
            json.WriteString(Field.Text, text);
            json.WriteStartObject(Field.Words);
            json.WriteString(SearchLanguage.Of(document.Language) is var name && name == SearchLanguage.Simple ? Field.AnyLanguage : name, SearchWords.OfDocument(text));
            json.WriteEndObject();
            json.WriteVector(Field.Vector, unit);
        });

    /// <summary>As <see cref="Of"/>; a document that cannot be stored is refused for itself, so that the others of its batch go on.</summary>
    public static DocumentWrite OfAny(SearchDocument document, string index, int dimensions)
    {
        try
        {
            return document.Index == index
                ? Of(document, UnitVector.Of(document.Embedding.Span, dimensions))
                : throw new ArgumentException($"It belongs to index {document.Index}, not {index}.", nameof(document));
        }
        catch (ArgumentException invalid)
        {
            return new(document.Tenant, document.Id, StoredVersion.OfDocument(document.Version), null, invalid.Message);
        }
    }

    /// <summary>What keeps late writes of a deleted document out.</summary>
    /// <param name="at">When it is written: old tombstones are forgotten.</param>
    public static DocumentWrite Tombstone(Guid tenant, Guid id, long version, DateTimeOffset at) =>
        new(tenant, id, StoredVersion.OfTombstone(version), json =>
        {
            WriteKeys(json, tenant, id, at, isDeleted: true);
            json.WriteString(Field.Domain, "");
            json.WriteString(Field.Text, "");
        });

    /// <summary>Takes a document out for good, unless it has been written again.</summary>
    public static DocumentWrite Removal(Guid tenant, Guid id, StoredVersion version) => new(tenant, id, version, null);

    public void WriteTo(IBufferWriter<byte> body, bool isRouted)
    {
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteStartObject(Fields is null ? "delete" : "index");
            json.WriteString("_id", DocumentId.Of(Tenant, Id));
            if (isRouted)
                json.WriteString("routing", Tenant);
            json.WriteNumber("version", Version.Value);
            json.WriteString("version_type", Fields is null ? "external_gte" : "external");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        body.Write("\n"u8);
        if (Fields is null)
            return;
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            Fields(json);
            json.WriteEndObject();
        }

        body.Write("\n"u8);
    }

    private static void WriteKeys(Utf8JsonWriter json, Guid tenant, Guid id, DateTimeOffset createdAt, bool isDeleted)
    {
        json.WriteString(Field.Tenant, tenant);
        json.WriteString(Field.Incident, id);
        json.WriteString(Field.CreatedAt, createdAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        json.WriteBoolean(Field.Deleted, isDeleted);
    }
}
