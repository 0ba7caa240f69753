using System.Text.Json.Nodes;
using DomainFlow.Domain.Storage;
using DomainFlow.Embedded.Tests.Support;
using static DomainFlow.Embedded.Tests.Contracts.ContractTables;

namespace DomainFlow.Embedded.Tests.Contracts;

/// <summary>What every table store does with single items: reads, conditions, tenants, expiry.</summary>
public abstract class TableWriteContract
{
    private readonly Guid tenant = Guid.NewGuid();
    private readonly string id = NewId();

    protected abstract ITableStore Store { get; }

    protected ManualClock Clock { get; } = new();

    [SkippableFact]
    public async Task An_item_is_read_back_as_it_was_put()
    {
        var item = Thing(tenant, id);
        item["text"] = "Söder 🚰 \"quoted\" \\u0000 \n";
        item["numbers"] = JsonNode.Parse("[0, -0.1, 0.30000000000000004, 1e-9, 1e21, 123456789.987654321, 9223372036854775807, -7]");
        item["nested"] = JsonNode.Parse("""{"a": [null, true, false, {}, []], "b": {"c": ""}}""");
        Assert.True(await Store.WriteAsync(Put(item), tenant, default));
        var read = await Store.GetAsync(Things, new ItemKey(id), tenant, default);
        Assert.True(JsonNode.DeepEquals(item, read), $"{item.ToJsonString()} came back as {read?.ToJsonString()}");
    }

    [SkippableFact]
    public async Task An_item_that_was_never_put_is_not_found()
    {
        Assert.Null(await Store.GetAsync(Things, new ItemKey(id), tenant, default));
        Assert.Null(await Store.GetForWorkerAsync(Things, new ItemKey(id), default));
    }

    [SkippableFact]
    public async Task A_put_if_absent_happens_once()
    {
        Assert.True(await Store.WriteAsync(Put(Thing(tenant, id, 1), WriteCondition.IfAbsent), tenant, default));
        Assert.False(await Store.WriteAsync(Put(Thing(tenant, id, 2), WriteCondition.IfAbsent), tenant, default));
        Assert.Equal(1, await VersionAsync());
    }

    [SkippableFact]
    public async Task A_write_on_a_version_needs_that_version()
    {
        Assert.False(await Store.WriteAsync(Put(Thing(tenant, id, 2), WriteCondition.IfVersion(1)), tenant, default));
        await Store.WriteAsync(Put(Thing(tenant, id, 1)), tenant, default);
        Assert.False(await Store.WriteAsync(Put(Thing(tenant, id, 9), WriteCondition.IfVersion(2)), tenant, default));
        Assert.True(await Store.WriteAsync(Put(Thing(tenant, id, 2), WriteCondition.IfVersion(1)), tenant, default));
        Assert.False(await Store.WriteAsync(Delete(id, WriteCondition.IfVersion(1)), tenant, default));
        Assert.Equal(2, await VersionAsync());
        Assert.True(await Store.WriteAsync(Delete(id, WriteCondition.IfVersion(2)), tenant, default));
        Assert.Null(await Store.GetAsync(Things, new ItemKey(id), tenant, default));
    }

    [SkippableFact]
    public async Task A_delete_of_nothing_is_fine() => Assert.True(await Store.WriteAsync(Delete(id), tenant, default));

    [SkippableFact]
    public async Task Another_tenants_item_is_neither_found_nor_written()
    {
        var stranger = Guid.NewGuid();
        await Store.WriteAsync(Put(Thing(tenant, id)), tenant, default);
        Assert.Null(await Store.GetAsync(Things, new ItemKey(id), stranger, default));
        foreach (var condition in new[] { WriteCondition.None, WriteCondition.IfAbsent, WriteCondition.IfVersion(1) })
        {
            Assert.False(await Store.WriteAsync(Put(Thing(stranger, id, 2), condition), stranger, default));
            Assert.False(await Store.WriteAsync(Delete(id, condition), stranger, default));
            var own = Put(Thing(stranger, NewId()));
            Assert.Equal(1, await Store.TransactAsync([own, Put(Thing(stranger, id, 2), condition)], stranger, default));
            Assert.Equal(0, await Store.TransactAsync([Delete(id, condition), own], stranger, default));
        }

        Assert.Equal(1, await VersionAsync());
        Assert.NotNull(await Store.GetForWorkerAsync(Things, new ItemKey(id), default));
    }

    [SkippableFact]
    public async Task An_item_must_hold_its_keys_and_its_tenant()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.WriteAsync(Put(Thing(Guid.NewGuid(), id)), tenant, default));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.WriteAsync(Put(new JsonObject { ["tenant_id"] = tenant.ToString() }), tenant, default));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.WriteAsync(Put(Thing(tenant, "")), tenant, default));
        var numbered = Owned(tenant, id, "owner", "2026");
        numbered["created_at"] = 2026;
        await Assert.ThrowsAsync<ArgumentException>(() => Store.WriteAsync(Put(numbered), tenant, default));
    }

    [SkippableTheory]
    [InlineData(255)]
    [InlineData(300)]
    [InlineData(1000)]
    public async Task A_large_item_is_read_back_as_it_was_put(int kilobytes)
    {
        var item = Thing(tenant, id);
        item["text"] = "Sö" + new string('x', kilobytes * 1024);
        item["numbers"] = JsonNode.Parse($"[{string.Join(',', Enumerable.Range(0, kilobytes * 100))}, 0.30000000000000004]");
        item["none"] = null;
        item["small"] = 7;
        Assert.True(await Store.WriteAsync(Put(item, WriteCondition.IfAbsent), tenant, default));
        Assert.True(JsonNode.DeepEquals(item, await Store.GetAsync(Things, new ItemKey(id), tenant, default)));
        item["version"] = 2;
        item["text"] = "short";
        Assert.True(await Store.WriteAsync(Put(item, WriteCondition.IfVersion(1)), tenant, default));
        Assert.True(JsonNode.DeepEquals(item, await Store.GetForWorkerAsync(Things, new ItemKey(id), default)));
    }

    [SkippableFact]
    public async Task An_item_over_the_limit_is_refused()
    {
        var item = Thing(tenant, id);
        item["text"] = new string('x', ItemLimits.MaxBytes);
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Store.WriteAsync(Put(item), tenant, default));
        Assert.Contains($"{ItemLimits.MaxBytes}", error.Message, StringComparison.Ordinal);
        item["text"] = new string('x', ItemLimits.MaxBytes - 1024);
        Assert.True(await Store.WriteAsync(Put(item), tenant, default));
    }

    [SkippableTheory]
    [InlineData("""{"a": [1, 123456789012345678901234567890123456789]}""", "$.data.a[1]")]
    [InlineData("""{"a": 1e126}""", "$.data.a")]
    [InlineData("""{"a": -1e-131}""", "$.data.a")]
    [InlineData("""{"a": 1e99999999999}""", "$.data.a")]
    [InlineData("""{"": 1}""", "$.data")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", "$.data[0]")]
    public async Task What_no_store_could_give_back_is_refused_by_its_path(string data, string path)
    {
        var item = Thing(tenant, id);
        item["data"] = JsonNode.Parse(data);
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Store.WriteAsync(Put(item), tenant, default));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("12345678901234567890123456789012345678")]
    [InlineData("-0.00000012345678901234567890123456789012345678")]
    [InlineData("100000000000000000000000000000000000000000000000000")]
    [InlineData("9.9999999999999999999999999999999999999e125")]
    [InlineData("1e-130")]
    [InlineData("0.000e999")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]")]
    public async Task What_is_just_within_the_limits_is_kept_exactly(string data)
    {
        var item = Thing(tenant, id);
        item["data"] = JsonNode.Parse(data);
        Assert.True(await Store.WriteAsync(Put(item), tenant, default));
        var read = await Store.GetAsync(Things, new ItemKey(id), tenant, default);
        Assert.True(JsonNode.DeepEquals(item, read), $"{item.ToJsonString()} came back as {read?.ToJsonString()}");
    }

    [SkippableFact]
    public async Task A_key_takes_so_many_bytes_and_no_more()
    {
        var longest = new string('x', ItemLimits.MaxPartitionKeyBytes - id.Length) + id;
        var item = Thing(tenant, longest);
        item["part_id"] = new string('y', ItemLimits.MaxSortKeyBytes);
        Assert.True(await Store.WriteAsync(new TableWrite.Put(Parts, item, WriteCondition.IfAbsent), tenant, default));
        Assert.NotNull(await Store.GetAsync(Parts, new ItemKey(longest, (string)item["part_id"]!), tenant, default));
        item["part_id"] += "y";
        await Assert.ThrowsAsync<ArgumentException>(() => Store.WriteAsync(new TableWrite.Put(Parts, item, WriteCondition.None), tenant, default));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.GetAsync(Things, new ItemKey(longest + "x"), tenant, default));
        var owned = Owned(tenant, id, new string('z', ItemLimits.MaxPartitionKeyBytes + 1), "1");
        await Assert.ThrowsAsync<ArgumentException>(() => Store.WriteAsync(Put(owned), tenant, default));
    }

    [SkippableFact]
    public async Task An_expired_item_is_absent_for_reads_and_conditions()
    {
        var item = Thing(tenant, id, 7);
        item["expires_at"] = Clock.Now.AddSeconds(10).ToUnixTimeSeconds();
        await Store.WriteAsync(Put(item), tenant, default);
        Clock.Now = Clock.Now.AddSeconds(9);
        Assert.Equal(7, await VersionAsync());
        Assert.False(await Store.WriteAsync(Put(Thing(tenant, id, 8), WriteCondition.IfAbsent), tenant, default));
        Clock.Now = Clock.Now.AddSeconds(1);
        Assert.Null(await Store.GetAsync(Things, new ItemKey(id), tenant, default));
        Assert.Null(await Store.GetForWorkerAsync(Things, new ItemKey(id), default));
        Assert.False(await Store.WriteAsync(Put(Thing(tenant, id, 8), WriteCondition.IfVersion(7)), tenant, default));
        var stranger = Guid.NewGuid();
        Assert.False(await Store.WriteAsync(Put(Thing(stranger, id, 1), WriteCondition.IfAbsent), stranger, default));
        Assert.True(await Store.WriteAsync(Put(Thing(tenant, id, 8), WriteCondition.IfAbsent), tenant, default));
        Assert.Equal(8, await VersionAsync());
    }

    [SkippableFact]
    public async Task Many_items_are_deleted_at_once_and_only_the_tenants()
    {
        var stranger = Guid.NewGuid();
        var own = Enumerable.Range(0, 130).Select(_ => NewId()).ToList();
        var (theirs, kept, absent) = (NewId(), NewId(), NewId());
        foreach (var thing in own.Append(kept))
            Assert.True(await Store.WriteAsync(Put(Owned(tenant, thing, id, "1")), tenant, default));
        Assert.True(await Store.WriteAsync(Put(Thing(stranger, theirs)), stranger, default));
        List<ItemKey> keys = [.. own.Append(theirs).Append(absent).Append(own[0]).Select(thing => new ItemKey(thing))];
        await Store.DeleteManyAsync(Things, keys, tenant, default);
        await Store.DeleteManyAsync(Things, keys, tenant, default);
        await Store.DeleteManyAsync(Things, [], tenant, default);
        var left = (await Store.QueryAsync(Things, new ItemQuery(ByOwner, id, Limit: 200), tenant, default)).Items;
        Assert.Equal([kept], left.Select(item => (string)item["thing_id"]!));
        Assert.Null(await Store.GetAsync(Things, new ItemKey(own[64]), tenant, default));
        Assert.NotNull(await Store.GetAsync(Things, new ItemKey(theirs), stranger, default));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.DeleteManyAsync(Parts, [new ItemKey(id)], tenant, default));
    }

    [SkippableFact]
    public async Task Items_of_one_partition_differ_by_their_sort_key()
    {
        foreach (var part in new[] { "a", "b" })
        {
            var item = Thing(tenant, id);
            item["part_id"] = part;
            Assert.True(await Store.WriteAsync(new TableWrite.Put(Parts, item, WriteCondition.IfAbsent), tenant, default));
        }

        Assert.True(await Store.WriteAsync(new TableWrite.Delete(Parts, new ItemKey(id, "a"), WriteCondition.None), tenant, default));
        Assert.Null(await Store.GetAsync(Parts, new ItemKey(id, "a"), tenant, default));
        Assert.NotNull(await Store.GetAsync(Parts, new ItemKey(id, "b"), tenant, default));
    }

    private async Task<long> VersionAsync() => (long)(await Store.GetAsync(Things, new ItemKey(id), tenant, default))!["version"]!;
}
