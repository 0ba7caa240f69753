using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using static DomainFlow.Aws.Tables.DynamoFailures;

namespace DomainFlow.Aws.Tables;

/// <summary>Deletes items in batches. What DynamoDB leaves unprocessed is sent again, after the same waits as any other refusal.</summary>
internal sealed class ItemDeleter(IAmazonDynamoDB client, DynamoRetry retry, LargeValues? large)
{
    private const int MostRead = 100;
    private const int MostWritten = 25;

    /// <summary>
    /// Batches take no conditions: whose the items are is read before. A key that was the tenant's then can be another's only if the item was
    /// deleted and made anew in between; the keys of what is deleted so are random ids.
    /// </summary>
    public async Task DeleteAsync(DynamoTable table, IReadOnlyList<Dictionary<string, AttributeValue>> keys, Guid tenant, CancellationToken cancellationToken)
    {
        foreach (var chunk in keys.Chunk(MostRead))
        {
            var found = await ReadAsync(table, chunk, cancellationToken);
            foreach (var own in found.Where(item => DynamoTable.OwnerOf(item) == tenant.ToString()).Chunk(MostWritten))
            {
                await DeleteAsync(table, own.Select(table.KeyOf), cancellationToken);
                foreach (var values in own.Select(StoredValues.In).OfType<StoredValues>())
                    await large!.DropAsync(values, cancellationToken);
            }
        }
    }

    private async Task<List<Dictionary<string, AttributeValue>>> ReadAsync(
        DynamoTable table, IEnumerable<Dictionary<string, AttributeValue>> keys, CancellationToken cancellationToken)
    {
        string?[] attributes = [table.Definition.PartitionKey, table.Definition.SortKey, DynamoTable.TenantId, LargeValues.Attribute];
        var names = attributes.OfType<string>().Distinct().Select((name, place) => (Placeholder: $"#a{place}", name)).ToDictionary();
        var asked = new KeysAndAttributes
        {
            Keys = [.. keys],
            ConsistentRead = true,
            ProjectionExpression = string.Join(", ", names.Keys),
            ExpressionAttributeNames = names,
        };
        var request = new BatchGetItemRequest { RequestItems = new() { [table.PhysicalName] = asked } };
        var found = new List<Dictionary<string, AttributeValue>>();
        return await retry.RunAsync(
            async token =>
            {
                var answer = await client.BatchGetItemAsync(request, token);
                found.AddRange(answer.Responses?.GetValueOrDefault(table.PhysicalName) ?? []);
                if (answer.UnprocessedKeys is not { Count: > 0 } rest)
                    return found;
                request.RequestItems = rest;
                throw new UnprocessedException(rest.Sum(left => left.Value.Keys.Count));
            },
            cancellationToken);
    }

    private Task<bool> DeleteAsync(DynamoTable table, IEnumerable<Dictionary<string, AttributeValue>> keys, CancellationToken cancellationToken)
    {
        var request = new BatchWriteItemRequest
        {
            RequestItems = new() { [table.PhysicalName] = [.. keys.Select(key => new WriteRequest(new DeleteRequest(key)))] },
        };
        return retry.RunAsync(
            async token =>
            {
                var answer = await client.BatchWriteItemAsync(request, token);
                if (answer.UnprocessedItems is not { Count: > 0 } rest)
                    return true;
                request.RequestItems = rest;
                throw new UnprocessedException(rest.Sum(left => left.Value.Count));
            },
            cancellationToken);
    }
}
