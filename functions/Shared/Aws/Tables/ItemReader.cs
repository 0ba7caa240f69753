using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DomainFlow.Domain.Storage;

namespace DomainFlow.Aws.Tables;

/// <summary>Reads items and pages of them: for a tenant its own that have not expired, with the values that lie elsewhere.</summary>
internal sealed class ItemReader(IAmazonDynamoDB client, DynamoRetry retry, TimeProvider time, LargeValues? large)
{
    /// <summary>Each try finds an item that was replaced while its values were fetched: this many writers in a row would be a wonder.</summary>
    private const int MaxReplacements = 20;

    /// <summary>Read at least so many where the first page held items that the caller does not see.</summary>
    private const int FurtherItems = 100;

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    public async Task<JsonObject?> LoadAsync(DynamoTable table, Dictionary<string, AttributeValue> key, Guid? tenant, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxReplacements; attempt++)
        {
            if (await StoredAsync(table, key, null, cancellationToken) is not { } item || !table.Shows(item, tenant, Now))
                return null;
            if (await WholeAsync(item, cancellationToken) is { } whole)
                return whole;
        }

        throw new InvalidOperationException($"An item of {table.Name} names large values that are not there.");
    }

    /// <summary>What an item keeps elsewhere, whoever's it is and whether it has expired or not.</summary>
    public async Task<StoredValues?> ValuesAsync(DynamoTable table, Dictionary<string, AttributeValue> key, CancellationToken cancellationToken) =>
        StoredValues.In(await StoredAsync(table, key, LargeValues.Attribute, cancellationToken));

    public async Task<ItemPage> PageAsync(DynamoTable table, ItemQuery query, Guid? tenant, CancellationToken cancellationToken)
    {
        var page = new PageQuery(table, query);
        var shown = new List<Dictionary<string, AttributeValue>>();
        // One more than the page holds tells whether there is a next page.
        var wanted = query.Limit + 1;
        var (start, limit) = (page.Start, wanted);
        var more = !page.IsEmpty;
        while (more && shown.Count < wanted)
        {
            var request = page.ToRequest(start, limit);
            var answer = await retry.RunAsync(token => client.QueryAsync(request, token), cancellationToken);
            shown.AddRange((answer.Items ?? []).Where(item => table.Shows(item, tenant, Now)));
            (start, limit) = (answer.LastEvaluatedKey, Math.Max(wanted - shown.Count, FurtherItems));
            more = start is { Count: > 0 };
        }

        var next = shown.Count > query.Limit ? page.After(shown[query.Limit - 1]) : null;
        var items = new List<JsonObject>();
        foreach (var item in shown.Take(query.Limit))
        {
            var whole = await WholeAsync(item, cancellationToken) ?? await AgainAsync(page, table, item, tenant, cancellationToken);
            if (whole is not null)
                items.Add(whole);
        }

        return new ItemPage(items, next);
    }

    // An index shows an item as it was a moment ago; its values may have been replaced since. The table has it as it is now.
    private async Task<JsonObject?> AgainAsync(
        PageQuery page, DynamoTable table, Dictionary<string, AttributeValue> item, Guid? tenant, CancellationToken cancellationToken)
    {
        var current = await LoadAsync(table, table.KeyOf(item), tenant, cancellationToken);
        return current is not null && page.Holds(current) ? current : null;
    }

    private async Task<JsonObject?> WholeAsync(Dictionary<string, AttributeValue> item, CancellationToken cancellationToken)
    {
        if (StoredValues.In(item) is not { } values)
            return AttributeJson.Read(item);
        if (large is null)
            throw new InvalidOperationException("An item keeps large values elsewhere, and this store was not told where.");
        if (await large.ReadAsync(values, DynamoTable.OwnerOf(item), cancellationToken) is not { } others)
            return null;
        var whole = AttributeJson.Read(item);
        whole.Remove(LargeValues.Attribute);
        foreach (var (name, value) in others)
            whole[name] = value?.DeepClone();
        return whole;
    }

    private async Task<Dictionary<string, AttributeValue>?> StoredAsync(
        DynamoTable table, Dictionary<string, AttributeValue> key, string? attribute, CancellationToken cancellationToken)
    {
        var request = new GetItemRequest { TableName = table.PhysicalName, Key = key, ConsistentRead = true, ProjectionExpression = attribute };
        var answer = await retry.RunAsync(token => client.GetItemAsync(request, token), cancellationToken);
        return answer.Item is { Count: > 0 } item ? item : null;
    }
}
