using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using DomainFlow.Aws.Objects;

namespace DomainFlow.Stores.Tests.Objects;

/// <summary>What lies below the current version: a bucket forgets nothing by itself.</summary>
[Collection(nameof(S3Server))]
public sealed class S3VersionTests(S3Server server)
{
    private readonly string tenant = Guid.NewGuid().ToString();

    private string Key => $"{tenant}/civic-complaints/{Guid.Empty}/image_001.jpg";

    private S3Objects Store => server.Store(TimeProvider.System);

    [SkippableFact]
    public async Task A_delete_leaves_no_version_and_no_marker()
    {
        await PutAsync("first");
        await PutAsync("second");
        await HideAsync();
        await PutAsync("third");
        await Store.DeleteAsync(S3Server.Bucket, Key, null, default);
        Assert.Empty(await VersionsAsync());
    }

    [SkippableFact]
    public async Task A_delete_of_a_version_takes_what_it_replaced_and_leaves_what_is_newer()
    {
        await PutAsync("first");
        var second = await PutAsync("second");
        var third = await PutAsync("third");
        await Store.DeleteAsync(S3Server.Bucket, Key, second, default);
        Assert.Equal([third], (await VersionsAsync()).Select(v => v.VersionId));
    }

    [SkippableFact]
    public async Task A_version_that_was_hidden_is_deleted_with_its_marker()
    {
        var first = await PutAsync("first");
        await HideAsync();
        await Store.DeleteAsync(S3Server.Bucket, Key, first, default);
        Assert.Empty(await VersionsAsync());
    }

    [SkippableFact]
    public async Task What_is_told_again_is_a_new_version_alone_with_its_type_and_its_metadata()
    {
        await PutAsync("first");
        var second = await PutAsync("second");
        await Store.TellAgainAsync(S3Server.Bucket, Key, default);
        var told = Assert.Single(await VersionsAsync());
        Assert.NotEqual(second, told.VersionId);
        using var s3 = server.Client();
        var head = await s3.GetObjectMetadataAsync(S3Server.Bucket, Key);
        Assert.Equal(("image/jpeg", "yes"), (head.Headers.ContentType, head.Metadata["kept"]));
    }

    [SkippableFact]
    public async Task Telling_again_never_covers_a_newer_upload()
    {
        await PutAsync("first");
        var newer = "";
        var between = new BeforeCopy(async () => newer = await PutAsync("newer"));
        await server.Store(TimeProvider.System, between).TellAgainAsync(S3Server.Bucket, Key, default);
        Assert.Equal("newer", Encoding.ASCII.GetString((await Store.ReadStartAsync(S3Server.Bucket, Key, 100, default))!));
        Assert.Equal(newer, (await VersionsAsync())[0].VersionId);
    }

    [SkippableFact]
    public async Task A_listing_gives_the_version_that_a_write_was_told()
    {
        await PutAsync("first");
        var second = await PutAsync("second");
        var listed = new List<string>();
        await foreach (var item in Store.ListAsync(S3Server.Bucket, tenant, null, default)) listed.Add(item.Version);
        Assert.Equal([second], listed);
        await HideAsync();
        await foreach (var item in Store.ListAsync(S3Server.Bucket, tenant, null, default)) Assert.Fail($"{item.Key} is hidden");
    }

    [SkippableFact]
    public async Task More_versions_than_a_page_holds_are_all_deleted()
    {
        await Parallel.ForAsync(0, 1100, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) => await PutAsync("x", $"{tenant}/many/{i % 400}"));
        Assert.Equal(1100, (await VersionsAsync()).Count);
        await Store.DeleteAllAsync(S3Server.Bucket, $"{tenant}/", default);
        Assert.Empty(await VersionsAsync());
    }

    private async Task<string> PutAsync(string text, string? key = null)
    {
        using var s3 = server.Client();
        var request = new PutObjectRequest
        {
            BucketName = S3Server.Bucket,
            Key = key ?? Key,
            ContentBody = text,
            ContentType = "image/jpeg",
            UseChunkEncoding = false,
        };
        request.Metadata["kept"] = "yes";
        return (await s3.PutObjectAsync(request)).VersionId;
    }

    private async Task HideAsync()
    {
        using var s3 = server.Client();
        await s3.DeleteObjectAsync(S3Server.Bucket, Key);
    }

    private async Task<List<S3ObjectVersion>> VersionsAsync()
    {
        using var s3 = server.Client();
        var found = new List<S3ObjectVersion>();
        var request = new ListVersionsRequest { BucketName = S3Server.Bucket, Prefix = tenant + "/" };
        while (true)
        {
            var page = await s3.ListVersionsAsync(request);
            found.AddRange(page.Versions ?? []);
            if (page.IsTruncated != true) return found;
            (request.KeyMarker, request.VersionIdMarker) = (page.NextKeyMarker, page.NextVersionIdMarker);
        }
    }

    /// <summary>Lets something happen between the description of an object and its copy.</summary>
    private sealed class BeforeCopy(Func<Task> happening) : DelegatingHandler
    {
        private bool happened;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Headers.Contains("x-amz-copy-source") && !happened)
            {
                happened = true;
                await happening();
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
