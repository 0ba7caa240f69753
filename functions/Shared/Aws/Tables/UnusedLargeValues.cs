using DomainFlow.Domain.Storage;

namespace DomainFlow.Aws.Tables;

/// <summary>Compares a tenant's stored values with the items that their names tell, and deletes what no item names.</summary>
internal sealed class UnusedLargeValues(ItemReader reader, IReadOnlyDictionary<string, DynamoTable> tables, LargeValues large)
{
    /// <param name="before">Only what was stored earlier.</param>
    public async Task<int> DeleteAsync(Guid tenant, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var deleted = 0;
        foreach (var prefix in new[] { LargeValues.Prefix, LargeValues.ExpiringPrefix })
        {
            await foreach (var stored in large.Objects.ListAsync(large.Bucket, $"{prefix}{tenant}/", cancellationToken))
            {
                if (stored.StoredAt >= before || await IsNamedAsync(stored.Key, cancellationToken))
                    continue;
                await large.Objects.DeleteAsync(large.Bucket, stored.Key, stored.Version, cancellationToken);
                deleted++;
            }
        }

        return deleted;
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
