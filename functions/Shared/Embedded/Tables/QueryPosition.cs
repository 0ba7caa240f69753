using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using DomainFlow.Domain.Storage;

namespace DomainFlow.Embedded.Tables;

/// <summary>The last key of a page, written so that it is opaque to clients and bound to its query.</summary>
/// <param name="IndexSort">Sort key in the index; empty in a query of the table itself.</param>
internal sealed record QueryPosition(string IndexSort, string Partition, string Sort)
{
    public string Write(string table, ItemQuery query)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var text in new[] { table, query.Index ?? "", query.Partition, IndexSort, Partition, Sort })
                writer.WriteStringValue(text);
            writer.WriteEndArray();
        }

        return Base64Url.EncodeToString(buffer.WrittenSpan);
    }

    /// <summary>Null for a query without a position.</summary>
    /// <exception cref="InvalidPositionException">It is not one of this query's.</exception>
    public static QueryPosition? Read(string table, ItemQuery query)
    {
        if (query.Position is null)
            return null;
        var parts = Parts(query.Position);
        if (parts.Length != 6 || parts[0] != table || parts[1] != (query.Index ?? "") || parts[2] != query.Partition
            || parts.Any(part => part.Contains('\0', StringComparison.Ordinal)))
            throw new InvalidPositionException();
        return new QueryPosition(parts[3], parts[4], parts[5]);
    }

    private static string[] Parts(string position)
    {
        try
        {
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(position));
            return [.. document.RootElement.EnumerateArray().Select(part => part.GetString() ?? "")];
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException or DecoderFallbackException)
        {
            throw new InvalidPositionException();
        }
    }
}
