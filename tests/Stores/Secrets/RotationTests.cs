using Amazon.Runtime;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;
using DomainFlow.Aws;
using DomainFlow.Postgres;

namespace DomainFlow.Stores.Tests.Secrets;

/// <summary>A password that is rotated in Secrets Manager and PostgreSQL while a process lives.</summary>
public sealed class RotationTests(MotoServer moto) : IClassFixture<MotoServer>
{
    [SkippableFact]
    public async Task A_rotated_password_is_used_without_a_restart_and_read_twice_in_all()
    {
        await using var role = await RotatedRole.MakeAsync();
        var reads = new CountedReads();
        using var secrets = Client(reads);
        var arn = (await secrets.CreateSecretAsync(new CreateSecretRequest { Name = role.Credentials.Username, SecretString = Json(role.Credentials) })).ARN;
        await using var pool = await PostgresDataSource.CreateAsync(role.Settings, new SecretsManagerCredentials(arn, secrets).ReadAsync, default);

        await ConnectAsync(pool, 4);
        pool.Clear();
        await ConnectAsync(pool, 4);
        Assert.Equal(1, reads.Count);

        await role.RotateAsync();
        await secrets.PutSecretValueAsync(new PutSecretValueRequest { SecretId = arn, SecretString = Json(role.Credentials) });
        await ConnectAsync(pool, 4); // what is connected stays so
        Assert.Equal(1, reads.Count);
        pool.Clear();
        await using (await TenantSession.BeginAsync(pool, Guid.NewGuid(), default))
        {
        }

        await ConnectAsync(pool, 4);
        Assert.Equal(2, reads.Count);
    }

    [SkippableFact]
    public async Task A_read_by_one_statement_follows_a_rotation_too()
    {
        await using var role = await RotatedRole.MakeAsync();
        await using var pool = await PostgresDataSource.CreateAsync(role.Settings, _ => Task.FromResult(role.Credentials), default);
        await role.RotateAsync();
        Assert.Equal([7], await TenantBatch.ReadAsync(pool, Guid.NewGuid(), "SELECT 7", null, row => row.GetInt32(0), default));
    }

    [SkippableFact]
    public async Task The_secret_is_found_by_its_endpoint_in_the_environment()
    {
        var url = moto.Url;
        await using var role = await RotatedRole.MakeAsync();
        using var direct = Client(new CountedReads());
        var arn = (await direct.CreateSecretAsync(new CreateSecretRequest { Name = role.Credentials.Username, SecretString = Json(role.Credentials) })).ARN;
        var variables = new Dictionary<string, string?>
        {
            ["AWS_ENDPOINT_URL_SECRETS_MANAGER"] = url.AbsoluteUri,
            ["AWS_REGION"] = "eu-west-1",
            ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE",
            ["AWS_SECRET_ACCESS_KEY"] = "not-a-real-key",
        };
        var before = variables.Keys.ToDictionary(name => name, Environment.GetEnvironmentVariable);
        try
        {
            foreach (var (name, value) in variables) Environment.SetEnvironmentVariable(name, value);
            Assert.Equal(role.Credentials, await new SecretsManagerCredentials(arn).ReadAsync(default));
        }
        finally
        {
            foreach (var (name, value) in before) Environment.SetEnvironmentVariable(name, value);
        }
    }

    private AmazonSecretsManagerClient Client(CountedReads reads) => new(
        new BasicAWSCredentials("AKIDEXAMPLE", "not-a-real-key"),
        new AmazonSecretsManagerConfig { ServiceURL = moto.Url.AbsoluteUri, AuthenticationRegion = "eu-west-1", HttpClientFactory = reads });

    private static string Json(DatabaseCredentials credentials) => $$"""{"username":"{{credentials.Username}}","password":"{{credentials.Password}}","engine":"postgres"}""";

    /// <summary>As many connections at once as the pool has.</summary>
    private static async Task ConnectAsync(Npgsql.NpgsqlDataSource pool, int count)
    {
        var open = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => PostgresDataSource.OpenAsync(pool, default)));
        foreach (var connection in open) await connection.DisposeAsync();
    }

    /// <summary>Counts the calls of GetSecretValue on the wire.</summary>
    private sealed class CountedReads : HttpClientFactory
    {
        private int _count;

        public int Count => _count;

        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Counter(this), disposeHandler: true);

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        private sealed class Counter(CountedReads reads) : DelegatingHandler(new SocketsHttpHandler())
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                if (request.Headers.TryGetValues("X-Amz-Target", out var target) && target.Contains("secretsmanager.GetSecretValue"))
                    Interlocked.Increment(ref reads._count);
                return base.SendAsync(request, cancellationToken);
            }
        }
    }
}
