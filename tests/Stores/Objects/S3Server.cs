using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using DomainFlow.Aws.Objects;
using DomainFlow.Stores.Tests.Servers;

namespace DomainFlow.Stores.Tests.Objects;

/// <summary>An S3 server of the run's own, with one bucket that keeps versions. Without DOMAINFLOW_TEST_S3 its tests are skipped.</summary>
public sealed class S3Server : IAsyncLifetime
{
    public const string Bucket = "evidence";
    public const string Region = "eu-west-1";

    private TestServer? _server;

    public S3Settings Settings => new(Region, new(Running.Settings["S3_URL"]));

    public AWSCredentials Credentials => new BasicAWSCredentials(Running.Settings["S3_ACCESS_KEY"], Running.Settings["S3_SECRET_KEY"]);

    private TestServer Running
    {
        get
        {
            Skip.If(_server is null, "DOMAINFLOW_TEST_S3 names no folder of an S3 server");
            return _server!;
        }
    }

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync("DOMAINFLOW_TEST_S3");
        if (_server is null) return;
        using var s3 = Client();
        await s3.PutBucketAsync(Bucket);
        await s3.PutBucketVersioningAsync(new PutBucketVersioningRequest
        {
            BucketName = Bucket,
            VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled },
        });
    }

    public async Task DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }

    public AmazonS3Client Client(DelegatingHandler? between = null) => Client(Settings, Credentials, between);

    /// <param name="between">Stands between the client and the server.</param>
    public static AmazonS3Client Client(S3Settings settings, AWSCredentials credentials, DelegatingHandler? between)
    {
        var config = settings.ToConfig();
        if (between is not null) config.HttpClientFactory = new Handled(between);
        return new AmazonS3Client(credentials, config);
    }

    public S3Objects Store(TimeProvider time, DelegatingHandler? between = null) => new(Client(between), Credentials, Region, time);

    private sealed class Handled(DelegatingHandler handler) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig)
        {
            handler.InnerHandler ??= new SocketsHttpHandler();
            return new HttpClient(handler, disposeHandler: false);
        }

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;
    }
}

[CollectionDefinition(nameof(S3Server))]
public sealed class S3ServerCollection : ICollectionFixture<S3Server>;
