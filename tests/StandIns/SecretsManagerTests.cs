using System.Net;
using System.Text;
using Amazon;
using Amazon.Runtime.Endpoints;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;

namespace DomainFlow.StandIns;

/// <summary>The Secrets Manager client on the wire.</summary>
public sealed class SecretsManagerTests
{
    [Fact]
    public async Task A_secret_is_asked_for_with_a_signature()
    {
        await using var service = await FakeSecretsManager.StartAsync((200, """
            {"ARN":"arn:aws:secretsmanager:eu-west-1:1:secret:db-AbCdEf","CreatedDate":1700000000.5,"Name":"db","SecretString":"{\"username\":\"app\"}",
             "VersionId":"v-1","VersionStages":["AWSCURRENT"],"Unknown":{"a":[1]}}
            """));
        using var client = service.Client();

        var secret = await client.GetSecretValueAsync(new GetSecretValueRequest { SecretId = "db", VersionStage = "AWSCURRENT" });

        Assert.Equal("""{"username":"app"}""", secret.SecretString);
        Assert.Equal(new DateTime(2023, 11, 14, 22, 13, 20, 500, DateTimeKind.Utc), secret.CreatedDate);
        Assert.Equal(["AWSCURRENT"], secret.VersionStages);
        Assert.Null(secret.SecretBinary);
        Assert.Equal(HttpStatusCode.OK, secret.HttpStatusCode);
        Assert.Equal("request-1", secret.ResponseMetadata.RequestId);

        var request = Assert.Single(service.Requests);
        Assert.Equal("POST /", request.Path);
        Assert.Equal("""{"SecretId":"db","VersionStage":"AWSCURRENT"}""", request.Body);
        Assert.Equal("secretsmanager.GetSecretValue", request.Headers["X-Amz-Target"]);
        Assert.Equal("application/x-amz-json-1.1", request.Headers["Content-Type"]);
        Assert.Equal("2017-10-17", request.Headers["x-amz-api-version"]);
        Assert.Matches(
            "^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/[0-9]{8}/eu-west-1/secretsmanager/aws4_request, SignedHeaders=[a-z0-9;-]+, Signature=[0-9a-f]{64}$",
            request.Headers["Authorization"]);
        Assert.Contains("x-amz-target", request.Headers["Authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_secret_has_an_exception_of_its_own()
    {
        await using var service = await FakeSecretsManager.StartAsync(
            (400, """{"__type":"ResourceNotFoundException","Message":"Secrets Manager can't find the specified secret."}"""));
        using var client = service.Client();

        var exception = await Assert.ThrowsAsync<ResourceNotFoundException>(() => client.GetSecretValueAsync(new GetSecretValueRequest { SecretId = "none" }));

        Assert.Equal("ResourceNotFoundException", exception.ErrorCode);
        Assert.Equal("Secrets Manager can't find the specified secret.", exception.Message);
        Assert.Equal(HttpStatusCode.BadRequest, exception.StatusCode);
        Assert.Equal("request-1", exception.RequestId);
    }

    [Fact]
    public async Task Any_other_refusal_names_its_code()
    {
        await using var service = await FakeSecretsManager.StartAsync((400, """{"__type":"AccessDeniedException","Message":"not authorized"}"""));
        using var client = service.Client();

        var exception = await Assert.ThrowsAsync<AmazonSecretsManagerException>(
            () => client.GetSecretValueAsync(new GetSecretValueRequest { SecretId = "db" }));

        Assert.Equal("AccessDeniedException", exception.ErrorCode);
    }

    [Fact]
    public async Task A_failure_of_the_service_is_tried_again()
    {
        await using var service = await FakeSecretsManager.StartAsync(
            (500, """{"__type":"InternalServiceError","Message":"try again"}"""),
            (200, """{"SecretString":"second"}"""));
        using var client = service.Client();

        var secret = await client.GetSecretValueAsync(new GetSecretValueRequest { SecretId = "db" });

        Assert.Equal("second", secret.SecretString);
        Assert.Equal(2, service.Requests.Count);
    }

    [Fact]
    public async Task A_new_secret_and_a_new_version_carry_a_token()
    {
        await using var service = await FakeSecretsManager.StartAsync(
            (200, """{"Name":"db","VersionId":"v-1"}"""),
            (200, """{"Name":"db","VersionId":"v-2"}"""));
        using var client = service.Client();

        var created = await client.CreateSecretAsync(new CreateSecretRequest { Name = "db", SecretString = "one" });
        var put = await client.PutSecretValueAsync(
            new PutSecretValueRequest { SecretId = "db", SecretBinary = new MemoryStream(Encoding.UTF8.GetBytes("two")), ClientRequestToken = "token" });

        Assert.Equal("v-1", created.VersionId);
        Assert.Equal("v-2", put.VersionId);
        Assert.True(Guid.TryParse((string?)service.Requests[0].Json["ClientRequestToken"], out _));
        Assert.Equal("""{"ClientRequestToken":"token","SecretId":"db","SecretBinary":"dHdv"}""", service.Requests[1].Body);
    }

    [Theory]
    [InlineData("eu-west-1", false, "https://secretsmanager.eu-west-1.amazonaws.com")]
    [InlineData("eu-west-1", true, "https://secretsmanager.eu-west-1.api.aws")]
    [InlineData("cn-north-1", false, "https://secretsmanager.cn-north-1.amazonaws.com.cn")]
    public void Each_region_has_its_endpoint(string region, bool dualStack, string url)
    {
        var config = new AmazonSecretsManagerConfig { RegionEndpoint = RegionEndpoint.GetBySystemName(region), UseDualstackEndpoint = dualStack };

        var endpoint = config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(new GetSecretValueRequest()));

        Assert.Equal(url, endpoint.URL.TrimEnd('/'));
    }
}
