using System.Text.Json.Nodes;
using DomainFlow.Domain.Storage;
using static DomainFlow.Embedded.Tests.Contracts.ContractTables;

namespace DomainFlow.Embedded.Tests.Contracts;

/// <summary>What every table store holds when many write at once, and when several items belong together.</summary>
public abstract class TableTransactionContract
{
    private readonly Guid tenant = Guid.NewGuid();

    protected abstract ITableStore Store { get; }

    [SkippableFact]
    public async Task Fifty_parallel_writers_keep_every_increment()
    {
        var id = NewId();
        var store = Store;
        await store.WriteAsync(Put(Thing(tenant, id, 0)), tenant, default);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => IncrementAsync(store, id))));
        Assert.Equal(50, await VersionAsync(store, id));
    }

    [SkippableFact]
    public async Task Of_twenty_writers_on_one_version_one_wins()
    {
        var (id, store) = (NewId(), Store);
        await store.WriteAsync(Put(Thing(tenant, id, 1)), tenant, default);
        var written = await Task.WhenAll(Enumerable.Range(0, 20).Select(writer => Task.Run(() =>
        {
            var item = Thing(tenant, id, 2);
            item["writer"] = writer;
            return store.WriteAsync(Put(item, WriteCondition.IfVersion(1)), tenant, default);
        })));
        Assert.Single(written, won => won);
        var stored = (await store.GetAsync(Things, new ItemKey(id), tenant, default))!;
        Assert.Equal(Array.IndexOf(written, true), (int)stored["writer"]!);
    }

    [SkippableFact]
    public async Task A_transaction_writes_all_or_none_and_names_the_first_that_fails()
    {
        string[] ids = [NewId(), NewId(), NewId()];
        await Store.WriteAsync(Put(Thing(tenant, ids[1], 5)), tenant, default);
        TableWrite[] writes =
        [
            Put(Thing(tenant, ids[0]), WriteCondition.IfAbsent),
            Put(Thing(tenant, ids[1], 6), WriteCondition.IfVersion(4)),
            Put(Thing(tenant, ids[2]), WriteCondition.IfVersion(1)),
        ];
        Assert.Equal(1, await Store.TransactAsync(writes, tenant, default));
        Assert.Null(await Store.GetAsync(Things, new ItemKey(ids[0]), tenant, default));
        Assert.Equal(5, await VersionAsync(Store, ids[1]));
        Assert.Null(await Store.TransactAsync([writes[0], Delete(ids[1], WriteCondition.IfVersion(5))], tenant, default));
        Assert.NotNull(await Store.GetAsync(Things, new ItemKey(ids[0]), tenant, default));
        Assert.Null(await Store.GetAsync(Things, new ItemKey(ids[1]), tenant, default));
    }

    [SkippableFact]
    public async Task Transfers_under_contention_lose_and_make_nothing()
    {
        var store = Store;
        string[] accounts = [NewId(), NewId(), NewId(), NewId()];
        foreach (var account in accounts)
            await store.WriteAsync(Put(Account(account, 0, 100)), tenant, default);
        var done = await Task.WhenAll(Enumerable.Range(0, 12).Select(seed => Task.Run(() => TransferAsync(store, accounts, new Random(seed)))));
        long versions = 0;
        long total = 0;
        foreach (var account in accounts)
        {
            var item = (await store.GetAsync(Things, new ItemKey(account), tenant, default))!;
            versions += (long)item["version"]!;
            total += (long)item["amount"]!;
        }

        Assert.Equal(400, total);
        Assert.True(done.Sum() > 0);
        Assert.Equal(done.Sum() * 2, versions);
    }

    [SkippableFact]
    public async Task Of_parallel_transactions_that_claim_one_key_one_wins_whole()
    {
        var store = Store;
        var claimed = NewId();
        var own = Enumerable.Range(0, 20).Select(_ => NewId()).ToList();
        var outcomes = await Task.WhenAll(own.Select(id => Task.Run(() => store.TransactAsync(
            [Put(Thing(tenant, id)), Put(Thing(tenant, claimed), WriteCondition.IfAbsent)], tenant, default))));
        Assert.Single(outcomes, outcome => outcome is null);
        Assert.Equal(19, outcomes.Count(outcome => outcome == 1));
        for (var i = 0; i < own.Count; i++)
            Assert.Equal(outcomes[i] is null, await store.GetAsync(Things, new ItemKey(own[i]), tenant, default) is not null);
    }

    [SkippableFact]
    public async Task A_transaction_holds_one_to_four_writes_of_different_items()
    {
        var store = Store;
        var id = NewId();
        var five = Enumerable.Range(0, 5).Select(_ => Put(Thing(tenant, NewId()))).ToList();
        await Assert.ThrowsAsync<ArgumentException>(() => store.TransactAsync([], tenant, default));
        await Assert.ThrowsAsync<ArgumentException>(() => store.TransactAsync(five, tenant, default));
        await Assert.ThrowsAsync<ArgumentException>(() => store.TransactAsync([Put(Thing(tenant, id)), Delete(id)], tenant, default));
        Assert.Null(await store.TransactAsync(five[..4], tenant, default));
    }

    private async Task IncrementAsync(ITableStore store, string id)
    {
        long version;
        do
            version = await VersionAsync(store, id);
        while (!await store.WriteAsync(Put(Thing(tenant, id, version + 1), WriteCondition.IfVersion(version)), tenant, default));
    }

    private async Task<int> TransferAsync(ITableStore store, string[] accounts, Random random)
    {
        var done = 0;
        for (var i = 0; i < 10; i++)
        {
            var pair = random.GetItems(accounts, 2);
            if (pair[0] == pair[1])
                continue;
            var amount = random.Next(1, 10);
            TableWrite[] writes = [await ChangeAsync(store, pair[0], -amount), await ChangeAsync(store, pair[1], amount)];
            if (await store.TransactAsync(writes, tenant, default) is null)
                done++;
        }

        return done;
    }

    private async Task<TableWrite> ChangeAsync(ITableStore store, string account, long amount)
    {
        var item = (await store.GetAsync(Things, new ItemKey(account), tenant, default))!;
        var version = (long)item["version"]!;
        return Put(Account(account, version + 1, (long)item["amount"]! + amount), WriteCondition.IfVersion(version));
    }

    private JsonObject Account(string id, long version, long amount)
    {
        var item = Thing(tenant, id, version);
        item["amount"] = amount;
        return item;
    }

    private async Task<long> VersionAsync(ITableStore store, string id) => (long)(await store.GetAsync(Things, new ItemKey(id), tenant, default))!["version"]!;
}
