using System.Text;
using DomainFlow.Domain.Objects;
using DomainFlow.Embedded.Tests.Support;

namespace DomainFlow.Embedded.Tests.Contracts;

/// <summary>What every object store does, and what its grants hold.</summary>
public abstract class ObjectStoreContract
{
    protected const string Bucket = "evidence";

    private readonly string incident = $"{Guid.NewGuid()}/civic-complaints/{Guid.NewGuid()}";

    private string Key => $"{incident}/image_001.jpg";

    protected abstract IObjectStore Store { get; }

    protected ManualClock Clock { get; } = new();

    [SkippableFact]
    public async Task The_first_bytes_and_the_size_of_an_object_are_read()
    {
        await UploadAsync(Key, "0123456789"u8.ToArray());
        Assert.Equal("0123", Encoding.ASCII.GetString((await Store.ReadStartAsync(Bucket, Key, 4, default))!));
        Assert.Equal("0123456789", Encoding.ASCII.GetString((await Store.ReadStartAsync(Bucket, Key, 100, default))!));
        Assert.Equal(10, await Store.SizeAsync(Bucket, Key, default));
    }

    [SkippableFact]
    public async Task What_is_not_there_is_null()
    {
        Assert.Null(await Store.ReadStartAsync(Bucket, Key, 4, default));
        Assert.Null(await Store.SizeAsync(Bucket, Key, default));
    }

    [SkippableFact]
    public async Task A_deleted_object_is_gone_and_may_be_deleted_again()
    {
        await UploadAsync(Key, [1, 2, 3]);
        for (var i = 0; i < 2; i++)
        {
            await Store.DeleteAsync(Bucket, Key, null, default);
            Assert.Null(await Store.SizeAsync(Bucket, Key, default));
        }
    }

    [SkippableFact]
    public async Task What_is_put_is_read_back_and_takes_the_place_of_what_was_there()
    {
        await Store.PutAsync(Bucket, Key, "image/jpeg", "first"u8.ToArray(), default);
        await Store.PutAsync(Bucket, Key, "image/jpeg", "second one"u8.ToArray(), default);
        Assert.Equal("second one", Encoding.ASCII.GetString((await Store.ReadStartAsync(Bucket, Key, 100, default))!));
        var listed = Assert.Single(await ListAsync(Key));
        Assert.Equal((Key, 10L), (listed.Key, listed.Size));
    }

    [SkippableFact]
    public async Task A_delete_of_a_version_leaves_a_newer_one()
    {
        await Store.PutAsync(Bucket, Key, "image/jpeg", "first"u8.ToArray(), default);
        var first = Assert.Single(await ListAsync(Key)).Version;
        await Store.PutAsync(Bucket, Key, "image/jpeg", "second"u8.ToArray(), default);
        await Store.DeleteAsync(Bucket, Key, first, default);
        var second = Assert.Single(await ListAsync(Key)).Version;
        Assert.NotEqual(first, second);
        Assert.Equal("second", Encoding.ASCII.GetString((await Store.ReadStartAsync(Bucket, Key, 100, default))!));
        await Store.DeleteAsync(Bucket, Key, second, default);
        Assert.Null(await Store.SizeAsync(Bucket, Key, default));
    }

    [SkippableFact]
    public async Task A_listing_holds_what_starts_with_the_prefix_in_the_order_of_keys()
    {
        string[] names = ["a/b", "a.b", "ab", "b/1/x", "b/1/y", "b-1"];
        foreach (var name in names)
            await Store.PutAsync(Bucket, $"{incident}/{name}", "text/plain", "x"u8.ToArray(), default);
        Assert.Equal(["a.b", "a/b", "ab", "b-1", "b/1/x", "b/1/y"], (await ListAsync($"{incident}/")).Select(o => o.Key[(incident.Length + 1)..]));
        Assert.Equal(["b/1/x", "b/1/y"], (await ListAsync($"{incident}/b/")).Select(o => o.Key[(incident.Length + 1)..]));
        Assert.Equal(["a.b", "a/b", "ab"], (await ListAsync($"{incident}/a")).Select(o => o.Key[(incident.Length + 1)..]));
        Assert.Empty(await ListAsync($"{incident}/c/"));
        foreach (var (after, rest) in new[] { ("a/b", "ab"), ("a/a", "a/b"), ("b", "b-1"), ("b/1/x", "b/1/y"), ("b/1/x0", "b/1/y"), ("A", "a.b") })
            Assert.Equal($"{incident}/{rest}", (await ListAsync($"{incident}/", $"{incident}/{after}"))[0].Key);
        Assert.Empty(await ListAsync($"{incident}/", $"{incident}/b/1/y"));
    }

    [SkippableFact]
    public async Task All_under_a_prefix_are_deleted_and_nothing_beside_it()
    {
        string[] names = ["a/1/x", "a/2", "ab"];
        foreach (var name in names)
            await Store.PutAsync(Bucket, $"{incident}/{name}", "text/plain", "x"u8.ToArray(), default);
        for (var i = 0; i < 2; i++)
        {
            await Store.DeleteAllAsync(Bucket, $"{incident}/a/", default);
            Assert.Equal([$"{incident}/ab"], (await ListAsync($"{incident}/")).Select(o => o.Key));
        }
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("renditions/")]
    [InlineData("6a1f2f0e-3d0c-4a54-9d57-0f9f6d2f5b11")]
    [InlineData("renditions/6a1f2f0e-3d0c-4a54-9d57-0f9f6d2f5b11")]
    [InlineData("a/b/6a1f2f0e-3d0c-4a54-9d57-0f9f6d2f5b11/")]
    public async Task Without_its_tenant_and_its_slash_no_prefix_is_deleted(string prefix) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Store.DeleteAllAsync(Bucket, prefix, default));

    [SkippableFact]
    public async Task An_empty_object_is_there_and_has_no_first_byte()
    {
        await Store.PutAsync(Bucket, Key, "image/jpeg", ReadOnlyMemory<byte>.Empty, default);
        Assert.Equal(0, await Store.SizeAsync(Bucket, Key, default));
        Assert.Empty((await Store.ReadStartAsync(Bucket, Key, 4, default))!);
    }

    [SkippableFact]
    public async Task A_key_that_another_starts_with_is_deleted_alone()
    {
        await Store.PutAsync(Bucket, Key, "image/jpeg", "x"u8.ToArray(), default);
        await Store.PutAsync(Bucket, Key + ".more", "image/jpeg", "y"u8.ToArray(), default);
        await Store.DeleteAsync(Bucket, Key, null, default);
        Assert.Equal(Key + ".more", Assert.Single(await ListAsync(Key)).Key);
    }

    [SkippableFact]
    public async Task A_delete_of_a_version_that_is_gone_changes_nothing()
    {
        await Store.PutAsync(Bucket, Key, "image/jpeg", "first"u8.ToArray(), default);
        var first = Assert.Single(await ListAsync(Key)).Version;
        await Store.DeleteAsync(Bucket, Key, first, default);
        Clock.Now = Clock.Now.AddSeconds(1);
        await Store.PutAsync(Bucket, Key, "image/jpeg", "second"u8.ToArray(), default);
        await Store.DeleteAsync(Bucket, Key, first, default);
        Assert.Equal(6, await Store.SizeAsync(Bucket, Key, default));
    }

    [SkippableFact]
    public async Task What_is_told_again_stays_as_it_is()
    {
        await Store.PutAsync(Bucket, Key, "image/jpeg", "content"u8.ToArray(), default);
        await Store.TellAgainAsync(Bucket, Key, default);
        await Store.TellAgainAsync(Bucket, Key + "-none", default);
        Assert.Equal("content", Encoding.ASCII.GetString((await Store.ReadStartAsync(Bucket, Key, 100, default))!));
        var listed = Assert.Single(await ListAsync(incident));
        await Store.DeleteAsync(Bucket, Key, listed.Version, default);
        Assert.Null(await Store.SizeAsync(Bucket, Key, default));
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(70_000)]
    public async Task A_stream_is_stored_whole(int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        await Store.PutStreamAsync(Bucket, Key, "application/pdf", new ForwardStream(content), length, default);
        Assert.Equal(length, await Store.SizeAsync(Bucket, Key, default));
        Assert.Equal(content, await Store.ReadStartAsync(Bucket, Key, length, default));
    }

    [SkippableTheory]
    [InlineData(70_001)]
    [InlineData(69_999)]
    public async Task A_stream_of_another_length_stores_nothing(int announced)
    {
        await Store.PutAsync(Bucket, Key, "application/pdf", "before"u8.ToArray(), default);
        await Assert.ThrowsAsync<InvalidDataException>(
            () => Store.PutStreamAsync(Bucket, Key, "application/pdf", new ForwardStream(new byte[70_000]), announced, default));
        Assert.Equal(6, await Store.SizeAsync(Bucket, Key, default));
    }

    [SkippableFact]
    public async Task Twenty_writers_of_one_key_leave_one_whole_object()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            Store.PutAsync(Bucket, Key, "text/plain", Encoding.ASCII.GetBytes(new string((char)('a' + i), 1000 + i)), default)));
        var listed = Assert.Single(await ListAsync(Key));
        var text = Encoding.ASCII.GetString((await Store.ReadStartAsync(Bucket, Key, 5000, default))!);
        Assert.Equal((listed.Size, 1), (text.Length, text.Distinct().Count()));
        Assert.Equal(1000 + text[0] - 'a', text.Length);
    }

    [SkippableTheory]
    [InlineData("evidence", "../x")]
    [InlineData("evidence", "a/../../x")]
    [InlineData("evidence", "/etc/passwd")]
    [InlineData("evidence", "a//b")]
    [InlineData("evidence", "a/./b")]
    [InlineData("evidence", "a\\b")]
    [InlineData("evidence", "a\nb")]
    [InlineData("evidence", "")]
    [InlineData("..", "x")]
    [InlineData(".meta", "evidence/x.json")]
    [InlineData("a/b", "x")]
    public async Task A_name_that_leads_elsewhere_is_refused(string bucket, string key)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.ReadStartAsync(bucket, key, 1, default));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.SizeAsync(bucket, key, default));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.DeleteAsync(bucket, key, null, default));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.PutAsync(bucket, key, "image/png", new byte[1], default));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.PutStreamAsync(bucket, key, "image/png", new MemoryStream(new byte[1]), 1, default));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.TellAgainAsync(bucket, key, default));
        Assert.Throws<ArgumentException>(() => Store.GrantUpload(bucket, key, "image/png", 1, Clock.Now.AddSeconds(9)));
        Assert.Throws<ArgumentException>(() => Store.GrantDownload(bucket, key, Clock.Now.AddSeconds(9)));
    }

    [SkippableFact]
    public void A_grant_ends_in_the_future_and_within_seven_days()
    {
        foreach (var end in new[] { Clock.Now, Clock.Now.AddSeconds(-1), Clock.Now.AddDays(7).AddSeconds(1) })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Store.GrantUpload(Bucket, "a", "image/png", 1, end));
            Assert.Throws<ArgumentOutOfRangeException>(() => Store.GrantDownload(Bucket, "a", end));
        }
    }

    [SkippableFact]
    public void An_upload_grant_holds_the_fields_of_a_presigned_post()
    {
        var grant = Store.GrantUpload(Bucket, Key, "image/jpeg", 1000, Clock.Now.AddMinutes(15));
        Assert.Equal(Clock.Now.AddMinutes(15), grant.ExpiresAt);
        Assert.Equal(Key, grant.Fields["key"]);
        Assert.Equal("image/jpeg", grant.Fields["Content-Type"]);
        Assert.Equal("AWS4-HMAC-SHA256", grant.Fields["x-amz-algorithm"]);
        Assert.Equal("20260314T092653Z", grant.Fields["x-amz-date"]);
        Assert.Matches("^[^/]+/20260314/[a-z0-9-]+/s3/aws4_request$", grant.Fields["x-amz-credential"]);
        Assert.Matches("^[0-9a-f]{64}$", grant.Fields["x-amz-signature"]);
        Assert.NotEmpty(Convert.FromBase64String(grant.Fields["policy"]));
    }

    [SkippableFact]
    public void A_download_grant_names_its_time_and_its_end()
    {
        var query = Store.GrantDownload(Bucket, Key, Clock.Now.AddMinutes(15)).Query;
        Assert.Contains("X-Amz-Algorithm=AWS4-HMAC-SHA256&", query, StringComparison.Ordinal);
        Assert.Contains("X-Amz-Date=20260314T092653Z&", query, StringComparison.Ordinal);
        Assert.Contains("X-Amz-Expires=900&", query, StringComparison.Ordinal);
        Assert.Matches("X-Amz-Signature=[0-9a-f]{64}", query);
    }

    protected async Task<List<StoredObject>> ListAsync(string prefix, string? after = null)
    {
        var found = new List<StoredObject>();
        await foreach (var item in Store.ListAsync(Bucket, prefix, after, default))
            found.Add(item);
        return found;
    }

    /// <summary>Stores an object by the store's own back door.</summary>
    protected abstract Task UploadAsync(string key, byte[] bytes);
}
