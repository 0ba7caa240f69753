using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace DomainFlow.Domain.Storage;

/// <summary>The last key of a page, written so that it is opaque to clients and bound to its query: table, index, partition, direction.</summary>
/// <param name="IndexSort">Sort key in the index; empty where there is none, and in a query of the table itself.</param>
/// <param name="Partition">Partition key in the table.</param>
/// <param name="Sort">Sort key in the table; empty where it has none.</param>
public sealed record QueryPosition(string IndexSort, string Partition, string Sort)
{
    private const string Forwards = "";
    private const string Backwards = "d";

    /// <summary>For <see cref="ItemPage.Next"/>.</summary>
    public string Write(string table, ItemQuery query)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var text in new[] { table, query.Index ?? "", query.Partition, Direction(query), IndexSort, Partition, Sort })
                writer.WriteStringValue(text);
            writer.WriteEndArray();
        }

        return Base64Url.EncodeToString(buffer.WrittenSpan);
    }

    /// <summary>Null for a query without a position.</summary>
    /// <exception cref="InvalidPositionException">It is not one of this query's, or lies outside of the query's bounds.</exception>
    public static QueryPosition? Read(string table, ItemQuery query)
    {
        if (query.Position is null)
            return null;
        var parts = Parts(query.Position);
        if (parts.Length != 7 || parts[0] != table || parts[1] != (query.Index ?? "") || parts[2] != query.Partition || parts[3] != Direction(query)
            || parts.Any(part => part.Contains('\0', StringComparison.Ordinal)))
            throw new InvalidPositionException();
        var position = new QueryPosition(parts[4], parts[5], parts[6]);
        var sort = query.Index is null ? position.Sort : position.IndexSort;
        return (query.From is null || Compare(query.From, sort) <= 0) && (query.To is null || Compare(sort, query.To) <= 0)
            ? position
            : throw new InvalidPositionException();
    }

    /// <summary>By bytes of UTF-8, as keys are ordered.</summary>
    public static int Compare(string one, string other) => Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other));

    private static string Direction(ItemQuery query) => query.Descending ? Backwards : Forwards;

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
