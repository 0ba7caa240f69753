using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DomainFlow.Topology;

namespace DomainFlow.AwsEndpoints;

/// <summary>
/// Makes the tables of the system map on any endpoint that speaks DynamoDB: keys, indexes, streams and expiry. What is there already stays;
/// an index, a stream or an expiry that it lacks is added. On AWS itself the deployment makes them.
/// </summary>
/// <param name="physicalName">A table's name on the endpoint, by its name in the system map.</param>
public sealed class DynamoSchema(IAmazonDynamoDB client, Func<string, string> physicalName, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Returns when all tables and their indexes are active.</summary>
    /// <exception cref="InvalidOperationException">A table is there with another key, or an index with another key or projection.</exception>
    /// <exception cref="OperationCanceledException">The token ended before they were active.</exception>
    public async Task EnsureAsync(IReadOnlyList<TableDefinition> tables, CancellationToken cancellationToken)
    {
        foreach (var table in tables)
            await EnsureAsync(table, cancellationToken);
    }

    private async Task EnsureAsync(TableDefinition table, CancellationToken cancellationToken)
    {
        if (await DescribeAsync(table, cancellationToken) is null)
            await CreateAsync(table, cancellationToken);
        var found = await ActiveAsync(table, cancellationToken);
        Check(table, found);
        foreach (var index in table.Indexes.Where(index => found.GlobalSecondaryIndexes?.Exists(i => i.IndexName == index.Name) != true))
            found = await AddAsync(table, index, cancellationToken);
        if (TableShape.Stream(table) is { } stream && found.StreamSpecification?.StreamEnabled != true)
        {
            await client.UpdateTableAsync(new UpdateTableRequest { TableName = found.TableName, StreamSpecification = stream }, cancellationToken);
            await ActiveAsync(table, cancellationToken);
        }

        await ExpireAsync(table, cancellationToken);
    }

    private async Task CreateAsync(TableDefinition table, CancellationToken cancellationToken)
    {
        try
        {
            await client.CreateTableAsync(TableShape.Create(table, physicalName(table.Name)), cancellationToken);
        }
        catch (ResourceInUseException)
        {
            // Another process makes it at this moment: it is waited for and checked like one that was there.
        }
    }

    private async Task<TableDescription> AddAsync(TableDefinition table, IndexDefinition index, CancellationToken cancellationToken)
    {
        var request = new UpdateTableRequest
        {
            TableName = physicalName(table.Name),
            AttributeDefinitions = TableShape.Attributes(table),
            GlobalSecondaryIndexUpdates = [new() { Create = TableShape.Add(index) }],
        };
        await client.UpdateTableAsync(request, cancellationToken);
        return await ActiveAsync(table, cancellationToken);
    }

    private async Task ExpireAsync(TableDefinition table, CancellationToken cancellationToken)
    {
        if (table.TimeToLive is not { } attribute)
            return;
        var name = physicalName(table.Name);
        var found = await client.DescribeTimeToLiveAsync(new DescribeTimeToLiveRequest { TableName = name }, cancellationToken);
        if (found.TimeToLiveDescription?.TimeToLiveStatus is { } status && (status == TimeToLiveStatus.ENABLED || status == TimeToLiveStatus.ENABLING))
            return;
        var wanted = new TimeToLiveSpecification { AttributeName = attribute, Enabled = true };
        await client.UpdateTimeToLiveAsync(new UpdateTimeToLiveRequest { TableName = name, TimeToLiveSpecification = wanted }, cancellationToken);
    }

    private async Task<TableDescription> ActiveAsync(TableDefinition table, CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            if (await DescribeAsync(table, cancellationToken) is { } found && found.TableStatus == TableStatus.ACTIVE
                && found.GlobalSecondaryIndexes?.Exists(index => index.IndexStatus != IndexStatus.ACTIVE) != true)
                return found;
            await Task.Delay(pause, time, cancellationToken);
        }
    }

    private async Task<TableDescription?> DescribeAsync(TableDefinition table, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.DescribeTableAsync(new DescribeTableRequest { TableName = physicalName(table.Name) }, cancellationToken)).Table;
        }
        catch (ResourceNotFoundException)
        {
            return null;
        }
    }

    private static void Check(TableDefinition table, TableDescription found)
    {
        if (TableShape.Text(found.KeySchema) != TableShape.Text(TableShape.Keys(table.PartitionKey, table.SortKey)))
            throw new InvalidOperationException($"The table {found.TableName} is there with the key {TableShape.Text(found.KeySchema)}.");
        foreach (var index in table.Indexes)
        {
            if (found.GlobalSecondaryIndexes?.Find(i => i.IndexName == index.Name) is not { } there)
                continue;
            var shape = TableShape.Text(there.KeySchema, there.Projection);
            var wanted = TableShape.Text(TableShape.Keys(index.PartitionKey, index.SortKey), TableShape.Of(index.Projection));
            if (shape != wanted)
                throw new InvalidOperationException($"The index {index.Name} of {found.TableName} is there as {shape}, not {wanted}: delete it first.");
        }
    }
}
