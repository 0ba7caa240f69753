using System.Text;
using System.Text.Json.Nodes;
using DomainFlow.Domain.Objects;
using DomainFlow.Embedded.Tests.Contracts;

namespace DomainFlow.Embedded.Tests.Objects;

public sealed class EmbeddedObjectsTests : ObjectStoreContract, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("objects").FullName;

    public EmbeddedObjectsTests() => File.WriteAllText(KeyFile, "AKIDLOCAL\na-secret-of-the-test\n");

    protected override IObjectStore Store => new EmbeddedObjects(Path.Combine(folder, "data"), new("http://127.0.0.1:8080/_objects"), KeyFile, Clock);

    private string KeyFile => Path.Combine(folder, "objects.key");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_policy_binds_bucket_key_type_size_and_time()
    {
        var grant = Store.GrantUpload(Bucket, "tenant/ä.jpg", "image/jpeg", 10_485_760, Clock.Now.AddMinutes(15));
        var policy = JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(grant.Fields["policy"])))!;
        Assert.Equal("2026-03-14T09:41:53.000Z", (string?)policy["expiration"]);
        var expected = JsonNode.Parse("""
            [
              {"bucket": "evidence"}, {"key": "tenant/ä.jpg"}, {"Content-Type": "image/jpeg"},
              {"x-amz-algorithm": "AWS4-HMAC-SHA256"}, {"x-amz-credential": "AKIDLOCAL/20260314/local-1/s3/aws4_request"},
              {"x-amz-date": "20260314T092653Z"}, ["content-length-range", 1, 10485760]
            ]
            """);
        Assert.True(JsonNode.DeepEquals(expected, policy["conditions"]), policy.ToJsonString());
        Assert.Equal("http://127.0.0.1:8080/_objects/evidence", grant.Url.AbsoluteUri);
    }

    [Fact]
    public void The_signature_changes_with_everything_that_is_granted()
    {
        var end = Clock.Now.AddMinutes(15);
        string[] signatures =
        [
            Sign("a.jpg", "image/jpeg", 10, end), Sign("b.jpg", "image/jpeg", 10, end), Sign("a.jpg", "image/png", 10, end),
            Sign("a.jpg", "image/jpeg", 11, end), Sign("a.jpg", "image/jpeg", 10, end.AddSeconds(1)),
        ];
        Assert.Equal(signatures.Length, signatures.Distinct().Count());
        Assert.Equal(signatures[0], Sign("a.jpg", "image/jpeg", 10, end));
    }

    [Fact]
    public void A_download_address_holds_its_key_encoded()
    {
        var address = Store.GrantDownload(Bucket, "a b/ä+(1).jpg", Clock.Now.AddSeconds(1)).AbsoluteUri;
        Assert.StartsWith("http://127.0.0.1:8080/_objects/evidence/a%20b/%C3%A4%2B%281%29.jpg?", address, StringComparison.Ordinal);
        Assert.Contains("&X-Amz-Credential=AKIDLOCAL%2F20260314%2Flocal-1%2Fs3%2Faws4_request&", address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delete_takes_the_description_along()
    {
        var description = Path.Combine(folder, "data", ".meta", Bucket, "t", "a.jpg.json");
        Directory.CreateDirectory(Path.GetDirectoryName(description)!);
        await File.WriteAllTextAsync(description, "{}");
        await UploadAsync("t/a.jpg", [1]);
        await Store.DeleteAsync(Bucket, "t/a.jpg", null, default);
        Assert.False(File.Exists(description));
    }

    [Fact]
    public async Task Nothing_is_left_of_what_is_deleted_under_a_prefix()
    {
        var tenant = Guid.NewGuid().ToString();
        await Store.PutAsync(Bucket, $"renditions/{tenant}/d/i/image_001/1/display", "image/png", new byte[3], default);
        var orphan = Path.Combine(folder, "data", ".meta", Bucket, "renditions", tenant, "d", "i", "half.jpg.json");
        await File.WriteAllTextAsync(orphan, "{}");
        await Store.DeleteAllAsync(Bucket, $"renditions/{tenant}/", default);
        Assert.Equal(["renditions"], Directory.GetDirectories(Path.Combine(folder, "data", Bucket), "*", SearchOption.AllDirectories).Select(Path.GetFileName));
        Assert.False(Directory.Exists(Path.GetDirectoryName(orphan)));
        Assert.Empty(Directory.GetFiles(Path.Combine(folder, "data", ".uploads")));
    }

    [Fact]
    public async Task A_put_is_described_as_the_host_reads_it()
    {
        await Store.PutAsync(Bucket, "t/display", "image/png", "hello"u8.ToArray(), default);
        var description = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "data", ".meta", Bucket, "t", "display.json")))!;
        Assert.Equal("image/png", (string?)description["content_type"]);
        Assert.Equal(5, (int)description["size"]!);
        Assert.Equal("5d41402abc4b2a76b9719d911017c592", (string?)description["etag"]);
        Assert.Equal(Clock.Now, (DateTimeOffset)description["created_at"]!);
        Assert.Equal(Clock.Now, Assert.Single(await ListAsync("t/")).StoredAt);
    }

    [Fact]
    public async Task Only_what_triggers_a_function_leaves_an_event_and_telling_again_is_later()
    {
        var events = Path.Combine(folder, "data", ".events");
        await Store.PutAsync(Bucket, "t/display", "image/png", new byte[1], default);
        Assert.False(Directory.Exists(events));
        await Store.PutAsync(Bucket, "t/a.png", "image/png", new byte[1], default);
        await Store.TellAgainAsync(Bucket, "t/a.png", default);
        await Store.TellAgainAsync(Bucket, "t/gone.png", default);
        var told = Directory.GetFiles(events).Select(f => JsonNode.Parse(File.ReadAllText(f))!).OrderBy(e => (DateTimeOffset)e["at"]!).ToList();
        Assert.Equal(["t/a.png", "t/a.png"], told.Select(e => (string)e["key"]!));
        Assert.Equal(Clock.Now, (DateTimeOffset)told[0]["at"]!);
        Assert.True((DateTimeOffset)told[1]["at"]! > Clock.Now);
    }

    [Fact]
    public async Task Two_hundred_writers_of_one_key_leave_one_whole_object()
    {
        var writers = Enumerable.Range(0, 200).Select(i => Task.Run(() => i % 5 == 4
            ? Store.DeleteAllAsync(Bucket, $"{Guid.Empty}/a/", default)
            : Store.PutAsync(Bucket, $"{Guid.Empty}/a/b/c", "text/plain", Encoding.ASCII.GetBytes(new string((char)('a' + (i % 26)), 1000 + i)), default)));
        await Task.WhenAll(writers);
        await Store.PutAsync(Bucket, $"{Guid.Empty}/a/b/c", "text/plain", "end"u8.ToArray(), default);
        Assert.Equal(3, Assert.Single(await ListAsync($"{Guid.Empty}/")).Size);
    }

    [Fact]
    public void A_key_file_without_a_secret_is_named()
    {
        File.WriteAllText(KeyFile, "AKIDLOCAL\n");
        Assert.Contains("OBJECTS_KEY_FILE", Assert.Throws<InvalidOperationException>(() => Store).Message, StringComparison.Ordinal);
    }

    protected override async Task UploadAsync(string key, byte[] bytes)
    {
        var path = Path.Combine(folder, "data", Bucket, key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, bytes);
    }

    private string Sign(string key, string type, long maxBytes, DateTimeOffset end) =>
        Store.GrantUpload(Bucket, key, type, maxBytes, end).Fields["x-amz-signature"];
}
