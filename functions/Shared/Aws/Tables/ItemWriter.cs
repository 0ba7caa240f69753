using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace DomainFlow.Aws.Tables;

/// <summary>Sends writes, each once however often it is tried: a try whose answer was lost is recognised by what it left.</summary>
internal sealed class ItemWriter(IAmazonDynamoDB client, DynamoRetry retry, ItemReader reader, LargeValues? large)
{
    private const string ConditionFailed = "ConditionalCheckFailed";

    public async Task<bool> WriteAsync(PreparedWrite write, CancellationToken cancellationToken)
    {
        await StoreValuesAsync([write], cancellationToken);
        var (written, replaced) = write.Item is null ? await DeleteAsync(write, cancellationToken) : await PutAsync(write, cancellationToken);
        // A try after one whose answer was lost replaces what that one wrote: these values are the item's. What it replaced, nobody was told.
        await DropValuesAsync(written ? [replaced?.Key == write.Values?.Key ? null : replaced] : [write.Values], cancellationToken);
        return written;
    }

    /// <returns>Null when written; else the place of the first whose condition does not hold.</returns>
    public async Task<int?> TransactAsync(IReadOnlyList<PreparedWrite> writes, CancellationToken cancellationToken)
    {
        await StoreValuesAsync(writes, cancellationToken);
        var replaced = await ReplacedAsync(writes, cancellationToken);
        var request = new TransactWriteItemsRequest
        {
            // The same for every try: DynamoDB does what it names once.
            ClientRequestToken = Guid.NewGuid().ToString(),
            TransactItems = [.. writes.Select(write => write.ToTransact())],
        };
        var failed = await retry.RunAsync(
            async token =>
            {
                try
                {
                    await client.TransactWriteItemsAsync(request, token);
                    return (int?)null;
                }
                catch (TransactionCanceledException e) when (DynamoFailures.FirstReason(e) is (var place, ConditionFailed))
                {
                    return place;
                }
            },
            cancellationToken);
        await DropValuesAsync(failed is null ? replaced : writes.Select(write => write.Values), cancellationToken);
        return failed;
    }

    private Task<(bool Written, StoredValues? Replaced)> PutAsync(PreparedWrite write, CancellationToken cancellationToken)
    {
        var request = write.ToPut(returnReplaced: large is not null);
        return OnceAsync(
            write,
            async token => (await client.PutItemAsync(request, token)).Attributes,
            () => request.ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
            cancellationToken);
    }

    private Task<(bool Written, StoredValues? Replaced)> DeleteAsync(PreparedWrite write, CancellationToken cancellationToken)
    {
        var request = write.ToDelete(returnReplaced: large is not null);
        return OnceAsync(
            write,
            async token => (await client.DeleteItemAsync(request, token)).Attributes,
            () => request.ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
            cancellationToken);
    }

    /// <param name="send">Gives the item that was replaced.</param>
    /// <param name="askForStored">From then on a condition that fails is answered with the item that is there.</param>
    private Task<(bool Written, StoredValues? Replaced)> OnceAsync(
        PreparedWrite write, Func<CancellationToken, Task<Dictionary<string, AttributeValue>?>> send, Action askForStored, CancellationToken cancellationToken)
    {
        var mayBeWritten = false;
        return retry.RunAsync<(bool, StoredValues?)>(
            async token =>
            {
                try
                {
                    return (true, StoredValues.In(await send(token)));
                }
                catch (ConditionalCheckFailedException e)
                {
                    return (mayBeWritten && write.IsWhatIsStored(e.Item), null);
                }
                catch (Exception e) when (DynamoFailures.MayHaveHappened(e))
                {
                    mayBeWritten = true;
                    askForStored();
                    throw;
                }
            },
            cancellationToken);
    }

    private async Task StoreValuesAsync(IEnumerable<PreparedWrite> writes, CancellationToken cancellationToken)
    {
        foreach (var values in writes.Select(write => write.Values).OfType<StoredValues>())
            await large!.StoreAsync(values, cancellationToken);
    }

    // A transaction does not tell what it replaced. Under a version that is what was read here, or the transaction fails.
    private async Task<IReadOnlyList<StoredValues?>> ReplacedAsync(IReadOnlyList<PreparedWrite> writes, CancellationToken cancellationToken)
    {
        if (large is null)
            return [];
        var replaced = new List<StoredValues?>();
        foreach (var write in writes.Where(write => !write.IsNew))
            replaced.Add(await reader.ValuesAsync(write.Table, write.Key, cancellationToken));
        return replaced;
    }

    private async Task DropValuesAsync(IEnumerable<StoredValues?> dropped, CancellationToken cancellationToken)
    {
        foreach (var values in dropped.OfType<StoredValues>())
            await large!.DropAsync(values, cancellationToken);
    }
}
