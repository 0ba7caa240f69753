using System.Net;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using DomainFlow.Embedded.Tests.Contracts;

namespace DomainFlow.Stores.Tests.Objects;

/// <summary>What S3 does on a bad day, put between the client and the server.</summary>
[Collection(nameof(S3Server))]
public sealed class S3FaultTests(S3Server server)
{
    private const string SlowDown = "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>";

    private readonly string tenant = Guid.NewGuid().ToString();

    private string Key => $"{tenant}/d/{Guid.Empty}/image_001.jpg";

    [SkippableFact]
    public async Task A_call_that_is_slowed_down_is_made_again()
    {
        var faults = new Faults((request, n) => n <= 2 ? Xml(HttpStatusCode.ServiceUnavailable, SlowDown) : null);
        await server.Store(TimeProvider.System, faults).PutAsync(S3Server.Bucket, Key, "image/jpeg", new byte[10], default);
        Assert.Equal(3, faults.Calls);
        Assert.Equal(10, await server.Store(TimeProvider.System).SizeAsync(S3Server.Bucket, Key, default));
    }

    [SkippableFact]
    public async Task The_callers_deadline_ends_the_waiting()
    {
        using var deadline = new CancellationTokenSource();
        var faults = new Faults((_, n) =>
        {
            if (n == 2) deadline.Cancel();
            return Xml(HttpStatusCode.ServiceUnavailable, SlowDown);
        });
        // The exception of a skipped test must not be taken for the one that is expected.
        var store = server.Store(TimeProvider.System, faults);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => store.PutAsync(S3Server.Bucket, Key, "image/jpeg", new byte[10], deadline.Token));
        Assert.Equal(2, faults.Calls);
    }

    [SkippableFact]
    public async Task A_key_that_could_not_be_deleted_is_tried_again_alone()
    {
        for (var i = 0; i < 5; i++) await server.Store(TimeProvider.System).PutAsync(S3Server.Bucket, $"{tenant}/{i}", "text/plain", new byte[1], default);
        var bodies = new List<string>();
        var faults = Faults.Later(async (request, _) =>
        {
            if (!request.RequestUri!.Query.Contains("delete", StringComparison.Ordinal)) return null;
            bodies.Add(await request.Content!.ReadAsStringAsync());
            return bodies.Count == 1 ? await RefuseAsync($"{tenant}/3", "InternalError") : null;
        });
        await server.Store(TimeProvider.System, faults).DeleteAllAsync(S3Server.Bucket, $"{tenant}/", default);
        // The first answer was the test's own, so that the other four are still there.
        Assert.Equal([5, 1, 4], bodies.Select(b => b.Split("<Object>").Length - 1));
        Assert.Contains($"<Key>{tenant}/3</Key>", bodies[1]);
        Assert.Null(await server.Store(TimeProvider.System).SizeAsync(S3Server.Bucket, $"{tenant}/3", default));
    }

    [SkippableFact]
    public async Task A_delete_that_is_denied_is_an_error_at_once()
    {
        await server.Store(TimeProvider.System).PutAsync(S3Server.Bucket, $"{tenant}/1", "text/plain", new byte[1], default);
        var faults = Faults.Later(async (request, _) =>
            request.RequestUri!.Query.Contains("delete", StringComparison.Ordinal) ? await RefuseAsync($"{tenant}/1", "AccessDenied") : null);
        var error = await Assert.ThrowsAsync<AmazonS3Exception>(
            () => server.Store(TimeProvider.System, faults).DeleteAllAsync(S3Server.Bucket, $"{tenant}/", default));
        Assert.Equal("AccessDenied", error.ErrorCode);
        Assert.Equal(2, faults.Calls);
    }

    [SkippableFact]
    public async Task A_body_that_breaks_off_is_read_again()
    {
        await server.Store(TimeProvider.System).PutAsync(S3Server.Bucket, Key, "image/jpeg", new byte[5000], default);
        var faults = new Faults((_, n) => n == 1 ? BrokenBody(5000) : null);
        Assert.Equal(5000, (await server.Store(TimeProvider.System, faults).ReadStartAsync(S3Server.Bucket, Key, 5000, default))!.Length);
        Assert.Equal(2, faults.Calls);
    }

    [SkippableFact]
    public async Task A_body_that_was_changed_on_its_way_is_not_stored()
    {
        var faults = new Faults((request, _) =>
        {
            var type = request.Content!.Headers.ContentType;
            request.Content = new ByteArrayContent(Encoding.ASCII.GetBytes("changed on the way")) { Headers = { ContentType = type } };
            return null;
        });
        await Assert.ThrowsAsync<AmazonS3Exception>(() =>
            server.Store(TimeProvider.System, faults).PutAsync(S3Server.Bucket, Key, "image/jpeg", "what was to be stored"u8.ToArray()[..18], default));
        Assert.Null(await server.Store(TimeProvider.System).SizeAsync(S3Server.Bucket, Key, default));
    }

    [SkippableFact]
    public async Task A_big_stream_goes_up_in_parts_and_comes_back_as_it_was()
    {
        var content = new byte[(20 * 1024 * 1024) + 17];
        new Random(7).NextBytes(content);
        var faults = new Faults((request, _) => null);
        await server.Store(TimeProvider.System, faults)
            .PutStreamAsync(S3Server.Bucket, Key, "application/pdf", new ForwardStream(content), content.Length, default);
        Assert.Equal(5, faults.Calls); // begin, three parts, complete
        Assert.Equal(content, await server.Store(TimeProvider.System).ReadStartAsync(S3Server.Bucket, Key, content.Length, default));
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_big_stream_of_another_length_leaves_nothing_behind(int off)
    {
        var content = new byte[17 * 1024 * 1024];
        await Assert.ThrowsAsync<InvalidDataException>(() => server.Store(TimeProvider.System)
            .PutStreamAsync(S3Server.Bucket, Key, "application/pdf", new MemoryStream(content), content.Length + off, default));
        await NothingIsLeftAsync();
    }

    [SkippableFact]
    public async Task A_part_that_fails_for_good_leaves_nothing_behind()
    {
        var faults = new Faults((request, _) => request.RequestUri!.Query.Contains("partNumber=2", StringComparison.Ordinal)
            ? Xml(HttpStatusCode.Forbidden, "<Error><Code>AccessDenied</Code><Message>no</Message></Error>") : null);
        await Assert.ThrowsAsync<AmazonS3Exception>(() => server.Store(TimeProvider.System, faults)
            .PutStreamAsync(S3Server.Bucket, Key, "application/pdf", new MemoryStream(new byte[17 * 1024 * 1024]), 17 * 1024 * 1024, default));
        await NothingIsLeftAsync();
    }

    private async Task NothingIsLeftAsync()
    {
        using var s3 = server.Client();
        var uploads = await s3.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = S3Server.Bucket, Prefix = tenant });
        Assert.Empty(uploads.MultipartUploads ?? []);
        Assert.Null(await server.Store(TimeProvider.System).SizeAsync(S3Server.Bucket, Key, default));
    }

    /// <summary>The answer to a batch in which one version was refused and the others were deleted.</summary>
    private async Task<HttpResponseMessage> RefuseAsync(string key, string code)
    {
        using var s3 = server.Client();
        var version = (await s3.ListVersionsAsync(S3Server.Bucket, key)).Versions[0].VersionId;
        return Xml(HttpStatusCode.OK,
            $"<DeleteResult><Error><Key>{key}</Key><VersionId>{version}</VersionId><Code>{code}</Code><Message>not now</Message></Error></DeleteResult>");
    }

    private static HttpResponseMessage Xml(HttpStatusCode status, string xml) =>
        new(status) { Content = new StringContent(xml, Encoding.UTF8, "application/xml") };

    private static HttpResponseMessage BrokenBody(int announced)
    {
        var content = new StreamContent(new MemoryStream(new byte[announced / 2]));
        content.Headers.ContentLength = announced;
        return new(HttpStatusCode.PartialContent) { Content = content };
    }

    /// <summary>Answers instead of the server where the test wants so.</summary>
    private sealed class Faults : DelegatingHandler
    {
        private readonly Func<HttpRequestMessage, int, Task<HttpResponseMessage?>> _answer;
        private int _calls;

        public Faults(Func<HttpRequestMessage, int, HttpResponseMessage?> answer) => _answer = (request, n) => Task.FromResult(answer(request, n));

        private Faults(Func<HttpRequestMessage, int, Task<HttpResponseMessage?>> answer, bool _) => _answer = answer;

        public int Calls => _calls;

        public static Faults Later(Func<HttpRequestMessage, int, Task<HttpResponseMessage?>> answer) => new(answer, true);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var made = await _answer(request, Interlocked.Increment(ref _calls));
            if (made is null) return await base.SendAsync(request, cancellationToken);
            made.RequestMessage = request;
            return made;
        }
    }
}
