using System.Text.Json.Nodes;
using DomainFlow.Domain.Storage;
using DomainFlow.Embedded.Tests.Support;
using static DomainFlow.Embedded.Tests.Contracts.ContractTables;

namespace DomainFlow.Embedded.Tests.Contracts;

/// <summary>What every table store answers to queries: order, bounds, pages, sparse and narrow indexes.</summary>
public abstract class TableQueryContract
{
    private readonly Guid tenant = Guid.NewGuid();
    private readonly string owner = NewId();

    protected abstract ITableStore Store { get; }

    protected ManualClock Clock { get; } = new();

    [SkippableFact]
    public async Task Items_come_in_the_order_of_the_sort_key_within_its_bounds()
    {
        foreach (var day in new[] { "03", "01", "04", "02", "05" })
            await PutAsync(Owned(tenant, NewId(), owner, day));
        await PutAsync(Owned(tenant, NewId(), NewId(), "03"));
        Assert.Equal(["01", "02", "03", "04", "05"], await DaysAsync(new ItemQuery(ByOwner, owner)));
        Assert.Equal(["02", "03", "04"], await DaysAsync(new ItemQuery(ByOwner, owner, "02", "04")));
        Assert.Equal(["05", "04"], await DaysAsync(new ItemQuery(ByOwner, owner, From: "04", Descending: true)));
        Assert.Equal(["01"], await DaysAsync(new ItemQuery(ByOwner, owner, To: "01")));
        Assert.Equal(["01"], await DaysAsync(new ItemQuery(ByOwner, owner, From: "", To: "01")));
        Assert.Empty(await DaysAsync(new ItemQuery(ByOwner, owner, "06")));
        Assert.Empty(await DaysAsync(new ItemQuery(ByOwner, owner, "04", "02")));
        Assert.Empty(await DaysAsync(new ItemQuery(ByOwner, owner, To: "")));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pages_of_any_size_hold_every_item_once_and_in_order(bool descending)
    {
        var random = new Random(17);
        // Few different sort keys, so that pages end among equals; upper case, so that bytes and not a language decide.
        for (var i = 0; i < 40; i++)
            await PutAsync(Owned(tenant, NewId(), owner, $"{"aBcD"[random.Next(4)]}{random.Next(3)}"));
        var whole = (await Store.QueryAsync(Things, new ItemQuery(ByOwner, owner, Descending: descending), tenant, default)).Items;
        var sorted = whole.Select(item => (string)item["created_at"]!).Order(StringComparer.Ordinal).ToList();
        if (descending)
            sorted.Reverse();
        Assert.Equal(40, whole.Count);
        Assert.Equal(sorted, whole.Select(item => (string)item["created_at"]!));
        foreach (var limit in new[] { 1, 3, 7, 39, 40, 41 })
            Assert.Equal(Ids(whole), Ids(await PagesAsync(new ItemQuery(ByOwner, owner, Descending: descending, Limit: limit), () => Task.CompletedTask)));
    }

    [SkippableFact]
    public async Task Pages_hold_what_stays_exactly_once_while_others_come_and_go()
    {
        var random = new Random(23);
        var staying = new List<string>();
        var passing = new Queue<string>();
        for (var i = 0; i < 30; i++)
        {
            staying.Add(NewId());
            await PutAsync(Owned(tenant, staying[^1], owner, $"{random.Next(10)}"));
        }

        var seen = await PagesAsync(new ItemQuery(ByOwner, owner, Limit: 4), async () =>
        {
            for (var i = 0; i < 3; i++)
            {
                passing.Enqueue(NewId());
                await PutAsync(Owned(tenant, passing.Last(), owner, $"{random.Next(10)}"));
            }

            await Store.WriteAsync(Delete(passing.Dequeue()), tenant, default);
        });
        Assert.Equal(staying.Order(), Ids(seen).Where(staying.Contains).Order());
        Assert.Equal(seen.Count, Ids(seen).Distinct().Count());
    }

    [SkippableFact]
    public async Task A_page_that_ends_with_the_last_item_has_no_next()
    {
        for (var i = 0; i < 3; i++)
            await PutAsync(Owned(tenant, NewId(), owner, $"{i}"));
        Assert.Null((await Store.QueryAsync(Things, new ItemQuery(ByOwner, owner, Limit: 3), tenant, default)).Next);
        Assert.NotNull((await Store.QueryAsync(Things, new ItemQuery(ByOwner, owner, Limit: 2), tenant, default)).Next);
    }

    [SkippableFact]
    public async Task A_position_of_another_query_is_refused()
    {
        for (var i = 0; i < 3; i++)
            await PutAsync(Owned(tenant, NewId(), owner, $"{i}"));
        var query = new ItemQuery(ByOwner, owner, Limit: 1);
        var next = (await Store.QueryAsync(Things, query, tenant, default)).Next;
        ItemQuery[] others =
        [
            query with { Partition = NewId() },
            query with { Descending = true },
            query with { From = "1" },
            query with { Index = Open },
            query with { Index = null },
        ];
        foreach (var other in others)
            await Assert.ThrowsAsync<InvalidPositionException>(() => Store.QueryAsync(Things, other with { Position = next }, tenant, default));
        await Assert.ThrowsAsync<InvalidPositionException>(() => Store.QueryAsync(Parts, new ItemQuery(null, owner, Position: next), tenant, default));
        foreach (var position in new[] { "nonsense", "W10", "bnVsbA", "%%", "" })
            await Assert.ThrowsAsync<InvalidPositionException>(() => Store.QueryAsync(Things, query with { Position = position }, tenant, default));
    }

    [SkippableFact]
    public async Task A_sparse_index_follows_its_item()
    {
        var shard = NewId();
        var id = NewId();
        var item = Thing(tenant, id);
        await PutAsync(item);
        Assert.Empty(await ItemsAsync(new ItemQuery(Open, shard)));
        item["open_shard"] = shard;
        await PutAsync(item);
        Assert.Empty(await ItemsAsync(new ItemQuery(Open, shard)));
        item["updated_at"] = "1";
        await PutAsync(item);
        Assert.Single(await ItemsAsync(new ItemQuery(Open, shard)));
        item["updated_at"] = "2";
        await PutAsync(item);
        Assert.Single(await ItemsAsync(new ItemQuery(Open, shard, "2")));
        Assert.Empty(await ItemsAsync(new ItemQuery(Open, shard, To: "1")));
        item.Remove("open_shard");
        await PutAsync(item);
        Assert.Empty(await ItemsAsync(new ItemQuery(Open, shard)));
        item["open_shard"] = shard;
        await PutAsync(item);
        await Store.WriteAsync(Delete(id), tenant, default);
        Assert.Empty(await ItemsAsync(new ItemQuery(Open, shard)));
    }

    [SkippableFact]
    public async Task An_index_of_keys_gives_the_keys_and_the_tenant_only()
    {
        var item = Thing(tenant, NewId());
        item["open_shard"] = NewId();
        item["updated_at"] = "1";
        item["text"] = "long";
        await PutAsync(item);
        var found = Assert.Single(await ItemsAsync(new ItemQuery(Open, (string)item["open_shard"]!)));
        Assert.Equal(["open_shard", "tenant_id", "thing_id", "updated_at"], found.Select(attribute => attribute.Key).Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task An_index_whose_key_is_the_tenant_is_read_by_its_tenant_alone()
    {
        foreach (var (whose, seen) in new[] { (tenant, "1"), (Guid.NewGuid(), "1"), (tenant, "2") })
        {
            var item = Thing(whose, NewId());
            item["seen_at"] = seen;
            Assert.True(await Store.WriteAsync(Put(item), whose, default));
        }

        var found = await ItemsAsync(new ItemQuery(ByTenant, tenant.ToString()));
        Assert.Equal(["1", "2"], found.Select(item => (string)item["seen_at"]!));
        Assert.Equal(["seen_at", "tenant_id", "thing_id"], found[0].Select(attribute => attribute.Key).Order(StringComparer.Ordinal));
        Assert.Empty((await Store.QueryAsync(Things, new ItemQuery(ByTenant, tenant.ToString()), Guid.NewGuid(), default)).Items);
    }

    [SkippableFact]
    public async Task An_index_that_does_not_tell_whose_its_items_are_is_refused()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Store.QueryAsync(Things, new ItemQuery(Ownerless, "red"), tenant, default));
        Assert.Contains(Ownerless, error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_worker_lists_what_is_unfinished_of_all_tenants_and_nothing_else()
    {
        var (shard, stranger) = (NewId(), Guid.NewGuid());
        foreach (var (whose, at) in new[] { (tenant, "1"), (stranger, "2"), (tenant, "3") })
        {
            var item = Thing(whose, NewId());
            (item["open_shard"], item["updated_at"], item["text"]) = (shard, at, "private");
            Assert.True(await Store.WriteAsync(Put(item), whose, default));
        }

        var first = await Store.QueryForWorkerAsync(Things, new ItemQuery(Open, shard, To: "2", Limit: 1), default);
        var second = await Store.QueryForWorkerAsync(Things, new ItemQuery(Open, shard, To: "2", Limit: 1, Position: first.Next), default);
        Assert.Equal([$"{tenant}", $"{stranger}"], first.Items.Concat(second.Items).Select(item => (string)item["tenant_id"]!));
        Assert.Null(second.Next);
        Assert.DoesNotContain("text", first.Items[0].Select(attribute => attribute.Key));
        foreach (var query in new[] { new ItemQuery(ByOwner, owner), new ItemQuery(null, owner), new ItemQuery(ByTenant, tenant.ToString()) })
            await Assert.ThrowsAsync<ArgumentException>(() => Store.QueryForWorkerAsync(Things, query, default));
    }

    [SkippableFact]
    public async Task A_page_is_full_however_many_items_before_it_are_not_shown()
    {
        var stranger = Guid.NewGuid();
        for (var i = 0; i < 25; i++)
        {
            var whose = i % 5 == 4 ? tenant : stranger;
            var item = Owned(whose, NewId(), owner, $"{i:D2}");
            if (i == 9)
                item["expires_at"] = Clock.Now.ToUnixTimeSeconds();
            Assert.True(await Store.WriteAsync(Put(item), whose, default));
        }

        Assert.Equal(["04", "14", "19"], await DaysAsync(new ItemQuery(ByOwner, owner, Limit: 3)));
        Assert.Equal(["04", "14", "19", "24"], (await PagesAsync(new ItemQuery(ByOwner, owner, Limit: 1), () => Task.CompletedTask)).Select(Day));
        Assert.Equal(["24", "19"], await DaysAsync(new ItemQuery(ByOwner, owner, Descending: true, Limit: 2)));
    }

    [SkippableFact]
    public async Task A_page_of_more_than_a_megabyte_is_whole()
    {
        for (var i = 0; i < 12; i++)
        {
            var item = Owned(tenant, NewId(), owner, $"{i:D2}");
            item["text"] = new string('x', 200 * 1024);
            await PutAsync(item);
        }

        var page = await Store.QueryAsync(Things, new ItemQuery(ByOwner, owner, Limit: 11), tenant, default);
        Assert.Equal(Enumerable.Range(0, 11).Select(i => $"{i:D2}"), page.Items.Select(Day));
        Assert.NotNull(page.Next);
    }

    [SkippableFact]
    public async Task A_query_finds_neither_another_tenants_items_nor_expired_ones()
    {
        var stranger = Guid.NewGuid();
        await Store.WriteAsync(Put(Owned(stranger, NewId(), owner, "1")), stranger, default);
        var expiring = Owned(tenant, NewId(), owner, "2");
        expiring["expires_at"] = Clock.Now.AddSeconds(1).ToUnixTimeSeconds();
        await PutAsync(expiring);
        await PutAsync(Owned(tenant, NewId(), owner, "3"));
        Assert.Equal(["2", "3"], await DaysAsync(new ItemQuery(ByOwner, owner)));
        Clock.Now = Clock.Now.AddSeconds(1);
        Assert.Equal(["3"], await DaysAsync(new ItemQuery(ByOwner, owner)));
    }

    [SkippableFact]
    public async Task A_table_itself_is_paged_by_its_sort_key()
    {
        foreach (var part in new[] { "b", "a", "C", "d" })
        {
            var item = Thing(tenant, owner);
            item["part_id"] = part;
            await Store.WriteAsync(new TableWrite.Put(Parts, item, WriteCondition.None), tenant, default);
        }

        Assert.Equal(["C", "a", "b", "d"], await PartsAsync(new ItemQuery(null, owner, Limit: 3)));
        Assert.Equal(["b", "a"], await PartsAsync(new ItemQuery(null, owner, "a", "b", Descending: true, Limit: 1)));
    }

    [SkippableFact]
    public async Task A_query_that_no_table_could_answer_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.QueryAsync("nowhere", new ItemQuery(null, owner), tenant, default));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.QueryAsync(Things, new ItemQuery("nothing", owner), tenant, default));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.QueryAsync(Things, new ItemQuery(null, owner, From: "1"), tenant, default));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.QueryAsync(Things, new ItemQuery(ByOwner, owner, Limit: 0), tenant, default));
    }

    private static IEnumerable<string> Ids(IEnumerable<JsonObject> items) => items.Select(item => (string)item["thing_id"]!);

    private async Task PutAsync(JsonObject item) => Assert.True(await Store.WriteAsync(Put(item), tenant, default));

    private async Task<IReadOnlyList<JsonObject>> ItemsAsync(ItemQuery query) => (await Store.QueryAsync(Things, query, tenant, default)).Items;

    private async Task<IEnumerable<string>> DaysAsync(ItemQuery query) => (await ItemsAsync(query)).Select(Day);

    private static string Day(JsonObject item) => (string)item["created_at"]!;

    private async Task<IEnumerable<string>> PartsAsync(ItemQuery query) =>
        (await PagesAsync(query, () => Task.CompletedTask, Parts)).Select(item => (string)item["part_id"]!);

    private async Task<List<JsonObject>> PagesAsync(ItemQuery query, Func<Task> between, string table = Things)
    {
        var all = new List<JsonObject>();
        ItemPage page;
        do
        {
            page = await Store.QueryAsync(table, query, tenant, default);
            Assert.InRange(page.Items.Count, 0, query.Limit);
            all.AddRange(page.Items);
            query = query with { Position = page.Next };
            await between();
        }
        while (page.Next is not null);
        return all;
    }
}
