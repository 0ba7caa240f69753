using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Amazon.Runtime;
using DomainFlow.Aws.Objects;
using DomainFlow.Domain.Objects;

namespace DomainFlow.Stores.Tests.Objects;

/// <summary>Grants in the hands of a client that knows nothing else, judged by a server that checks signatures.</summary>
[Collection(nameof(S3Server))]
public sealed class S3GrantTests(S3Server server)
{
    private const int MaxBytes = 1000;

    private readonly string key = $"{Guid.NewGuid()}/civic-complaints/{Guid.NewGuid()}/image_001 ä+(1).jpg";

    private S3Objects Store => server.Store(TimeProvider.System);

    [SkippableFact]
    public async Task What_a_grant_allows_is_uploaded_and_downloaded()
    {
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(Grant(), new byte[MaxBytes]));
        Assert.Equal(MaxBytes, await Store.SizeAsync(S3Server.Bucket, key, default));
        using var http = new HttpClient();
        using var answer = await http.GetAsync(Store.GrantDownload(S3Server.Bucket, key, TimeProvider.System.GetUtcNow().AddMinutes(1)));
        Assert.Equal((HttpStatusCode.OK, "image/jpeg"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal(MaxBytes, (await answer.Content.ReadAsByteArrayAsync()).Length);
    }

    [SkippableTheory]
    [InlineData("key", "another/key.jpg")]
    [InlineData("Content-Type", "image/png")]
    [InlineData("x-amz-date", "20260101T000000Z")]
    [InlineData("x-amz-signature", "0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task A_form_with_another_field_is_refused(string field, string value)
    {
        var grant = Grant();
        Assert.Contains(field, grant.Fields.Keys);
        var changed = grant.Fields.ToDictionary(f => f.Key, f => f.Key == field ? value : f.Value);
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(grant with { Fields = changed }, [1, 2, 3]));
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(MaxBytes + 1)]
    public async Task A_file_of_another_size_is_refused(int size)
    {
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(Grant(), new byte[size]));
        Assert.Null(await Store.SizeAsync(S3Server.Bucket, key, default));
    }

    [SkippableFact]
    public async Task A_grant_that_is_over_is_refused()
    {
        var past = new Shifted(TimeSpan.FromMinutes(-10));
        var store = server.Store(past);
        var end = past.GetUtcNow().AddMinutes(5);
        var upload = store.GrantUpload(S3Server.Bucket, key, "image/jpeg", MaxBytes, end);
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(upload, [1]));
        await Store.PutAsync(S3Server.Bucket, key, "image/jpeg", new byte[1], default);
        using var http = new HttpClient();
        using var answer = await http.GetAsync(store.GrantDownload(S3Server.Bucket, key, end));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [SkippableFact]
    public async Task Temporary_credentials_show_their_token()
    {
        var real = await server.Credentials.GetCredentialsAsync();
        var temporary = new SessionAWSCredentials(real.AccessKey, real.SecretKey, "a token/of+the session==");
        var store = new S3Objects(server.Client(), temporary, S3Server.Region, TimeProvider.System);
        var end = TimeProvider.System.GetUtcNow().AddMinutes(5);
        var upload = store.GrantUpload(S3Server.Bucket, key, "image/jpeg", MaxBytes, end);
        Assert.Equal("a token/of+the session==", upload.Fields["x-amz-security-token"]);
        Assert.Contains("x-amz-security-token", Encoding.UTF8.GetString(Convert.FromBase64String(upload.Fields["policy"])));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(upload, [1]));
        using var http = new HttpClient();
        var download = store.GrantDownload(S3Server.Bucket, key, end);
        Assert.Contains("X-Amz-Security-Token=a%20token%2Fof%2Bthe%20session%3D%3D&", download.Query);
        using var answer = await http.GetAsync(download);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public void Without_an_endpoint_a_grant_names_the_buckets_own_host()
    {
        var credentials = new BasicAWSCredentials("AKIDEXAMPLE", "not-a-real-key");
        using var s3 = new Amazon.S3.AmazonS3Client(credentials, new S3Settings("eu-west-1").ToConfig());
        var store = new S3Objects(s3, credentials, "eu-west-1", TimeProvider.System);
        var end = TimeProvider.System.GetUtcNow().AddMinutes(5);
        Assert.Equal("https://photos.s3.eu-west-1.amazonaws.com/", store.GrantUpload("photos", "t/a.jpg", "image/jpeg", 1, end).Url.AbsoluteUri);
        Assert.StartsWith("https://photos.s3.eu-west-1.amazonaws.com/t/a%20b.jpg?X-Amz-Algorithm=", store.GrantDownload("photos", "t/a b.jpg", end).AbsoluteUri);
    }

    private UploadGrant Grant() =>
        Store.GrantUpload(S3Server.Bucket, key, "image/jpeg", MaxBytes, TimeProvider.System.GetUtcNow().AddMinutes(5));

    private static async Task<HttpStatusCode> PostAsync(UploadGrant grant, byte[] file)
    {
        using var form = new MultipartFormDataContent("----the-form");
        foreach (var (name, value) in grant.Fields)
        {
            var field = new StringContent(value, new UTF8Encoding(false));
            field.Headers.ContentType = null;
            form.Add(field, $"\"{name}\"");
        }

        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        form.Add(content, "\"file\"", "\"photo.jpg\"");
        form.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=----the-form");
        using var http = new HttpClient();
        using var answer = await http.PostAsync(grant.Url, form);
        return answer.StatusCode;
    }

    private sealed class Shifted(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
