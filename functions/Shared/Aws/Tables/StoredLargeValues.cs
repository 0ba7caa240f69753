using System.Runtime.CompilerServices;
using DomainFlow.Domain.Objects;
using DomainFlow.Domain.Storage;

namespace DomainFlow.Aws.Tables;

/// <summary>Compares stored values with the items that their names tell.</summary>
internal sealed class StoredLargeValues(ItemReader reader, IReadOnlyDictionary<string, DynamoTable> tables, LargeValues large)
{
    private static readonly string[] Prefixes = [LargeValues.Prefix, LargeValues.ExpiringPrefix];

    /// <summary>Of every tenant, once around from this one on.</summary>
    public async IAsyncEnumerable<StoredValue> ListAsync(Guid first, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var prefix in Prefixes)
        {
            var start = $"{prefix}{first}/";
            await foreach (var stored in large.Objects.ListAsync(large.Bucket, prefix, start, cancellationToken))
                yield return new(stored, await IsNamedAsync(stored.Key, cancellationToken));
            await foreach (var stored in large.Objects.ListAsync(large.Bucket, prefix, null, cancellationToken))
            {
                if (string.CompareOrdinal(stored.Key, start) > 0)
                    break;
                yield return new(stored, await IsNamedAsync(stored.Key, cancellationToken));
            }
        }
    }

    // prefix/tenant/table/partition/[sort/]id. What belongs to a table that this function does not use is another's to judge.
    private async Task<bool> IsNamedAsync(string objectKey, CancellationToken cancellationToken)
    {
        var parts = objectKey.Split('/');
        if (parts.Length is not (5 or 6) || !tables.TryGetValue(parts[2], out var table))
            return true;
        var key = new ItemKey(Uri.UnescapeDataString(parts[3]), parts.Length == 6 ? Uri.UnescapeDataString(parts[4]) : null);
        return (await reader.ValuesAsync(table, table.Key(key), cancellationToken))?.Key == objectKey;
    }
}
