using System.Text;
using DomainFlow.Domain.Objects;
using DomainFlow.Embedded.Tests.Support;

namespace DomainFlow.Embedded.Tests.Contracts;

/// <summary>What every object store does, and what its grants hold.</summary>
public abstract class ObjectStoreContract
{
    protected const string Bucket = "evidence";

    private readonly string key = $"{Guid.NewGuid()}/civic-complaints/{Guid.NewGuid()}/image_001.jpg";

    protected abstract IObjectStore Store { get; }

    protected ManualClock Clock { get; } = new();

    [SkippableFact]
    public async Task The_first_bytes_and_the_size_of_an_object_are_read()
    {
        await UploadAsync(key, "0123456789"u8.ToArray());
        Assert.Equal("0123", Encoding.ASCII.GetString((await Store.ReadStartAsync(Bucket, key, 4, default))!));
        Assert.Equal("0123456789", Encoding.ASCII.GetString((await Store.ReadStartAsync(Bucket, key, 100, default))!));
        Assert.Equal(10, await Store.SizeAsync(Bucket, key, default));
    }

    [SkippableFact]
    public async Task What_is_not_there_is_null()
    {
        Assert.Null(await Store.ReadStartAsync(Bucket, key, 4, default));
        Assert.Null(await Store.SizeAsync(Bucket, key, default));
    }

    [SkippableFact]
    public async Task A_deleted_object_is_gone_and_may_be_deleted_again()
    {
        await UploadAsync(key, [1, 2, 3]);
        for (var i = 0; i < 2; i++)
        {
            await Store.DeleteAsync(Bucket, key, default);
            Assert.Null(await Store.SizeAsync(Bucket, key, default));
        }
    }

    [SkippableFact]
    public void An_upload_grant_holds_the_fields_of_a_presigned_post()
    {
        var grant = Store.GrantUpload(Bucket, key, "image/jpeg", 1000, Clock.Now.AddMinutes(15));
        Assert.Equal(Clock.Now.AddMinutes(15), grant.ExpiresAt);
        Assert.Equal(key, grant.Fields["key"]);
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
        var query = Store.GrantDownload(Bucket, key, Clock.Now.AddMinutes(15)).Query;
        Assert.Contains("X-Amz-Algorithm=AWS4-HMAC-SHA256&", query, StringComparison.Ordinal);
        Assert.Contains("X-Amz-Date=20260314T092653Z&", query, StringComparison.Ordinal);
        Assert.Contains("X-Amz-Expires=900&", query, StringComparison.Ordinal);
        Assert.Matches("X-Amz-Signature=[0-9a-f]{64}", query);
    }

    /// <summary>Stores an object by the store's own back door.</summary>
    protected abstract Task UploadAsync(string key, byte[] bytes);
}
