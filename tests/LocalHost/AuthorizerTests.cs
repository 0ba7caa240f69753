using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DomainFlow.Local.Gateway;

namespace DomainFlow.LocalHost.Tests;

public sealed class AuthorizerTests : IAsyncLifetime, IDisposable
{
    private TestHost host = null!;
    private TokenKey key = null!;

    public async Task InitializeAsync()
    {
        host = await TestHost.StartAsync(TestHost.Echo(TestHost.Function(concurrency: 1)));
        key = TokenKey.Open(host.State);
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    public void Dispose() => key.Dispose();

    [Fact]
    public async Task A_valid_token_arrives_as_claims_in_text()
    {
        foreach (var header in (string[])["Bearer " + host.Token, host.Token])
        {
            using var response = await SendAsync(header);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var claims = (JsonObject)(await TestHost.ReadAsync(response))["requestContext"]!["authorizer"]!["claims"]!;
            Assert.All(claims, claim => Assert.Equal(System.Text.Json.JsonValueKind.String, claim.Value!.GetValueKind()));
            Assert.Equal("admin,analyst", claims["cognito:groups"]!.ToString());
            Assert.Equal(TestHost.Tenant.ToString(), claims["custom:tenant_id"]!.ToString());
            Assert.Equal(TestHost.User.ToString(), claims["sub"]!.ToString());
            Assert.Equal("true", claims["email_verified"]!.ToString());
            Assert.Matches("^[A-Z][a-z]{2} [A-Z][a-z]{2} [0-9]{2} [0-9:]{8} UTC [0-9]{4}$", claims["exp"]!.ToString());
        }
    }

    [Fact]
    public async Task A_token_that_is_not_right_is_a_401()
    {
        var now = TimeProvider.System.GetUtcNow();
        var parts = host.Token.Split('.');
        var wrong = new Dictionary<string, string?>
        {
            ["none"] = null,
            ["no token"] = "Bearer nonsense",
            ["expired"] = key.Mint(new TokenRequest(TestHost.Tenant, TestHost.User, TimeSpan.FromSeconds(-1)), now),
            ["alg none"] = Unsigned(parts[1], "none") + ".",
            ["alg HS256 with the public key"] = Hmac(parts[1]),
            ["another key"] = OtherKey(now),
            ["changed claims"] = $"{parts[0]}.{Encode(Claims(parts[1], c => c["custom:tenant_id"] = Guid.Empty.ToString()))}.{parts[2]}",
            ["access token"] = Signed(parts[1], c => c["token_use"] = "access"),
            ["another audience"] = Signed(parts[1], c => c["aud"] = "someone-else"),
            ["another issuer"] = Signed(parts[1], c => c["iss"] = "https://example.org"),
            ["no expiry"] = Signed(parts[1], c => c.Remove("exp")),
            ["another key id"] = key.Sign(new JsonObject { ["alg"] = "RS256", ["kid"] = "other" }, Claims(parts[1], _ => { })),
        };
        foreach (var (name, header) in wrong)
        {
            using var response = await SendAsync(header);
            Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, $"{name}: {response.StatusCode}");
            Assert.Equal(name == "expired" ? "token_expired" : "unauthorized", (await TestHost.ProblemAsync(response))["error_code"]!.ToString());
        }
    }

    [Fact]
    public async Task A_public_route_needs_no_token_and_has_no_claims()
    {
        using var response = await host.Client.GetAsync("api/v1/open");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Null((await TestHost.ReadAsync(response))["requestContext"]!["authorizer"]);
    }

    [Fact]
    public async Task The_public_key_is_published_and_verifies_a_token()
    {
        var jwk = JsonNode.Parse(await host.Client.GetStringAsync(".well-known/jwks.json"))!["keys"]![0]!;
        using var rsa = RSA.Create(new RSAParameters
        { Modulus = Base64Url.DecodeFromChars(jwk["n"]!.ToString()), Exponent = Base64Url.DecodeFromChars(jwk["e"]!.ToString()) });
        var end = host.Token.LastIndexOf('.');
        Assert.True(rsa.VerifyData(
            Encoding.ASCII.GetBytes(host.Token[..end]), Base64Url.DecodeFromChars(host.Token.AsSpan(end + 1)),
            HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    [Fact]
    public void The_key_file_is_its_owners_alone_and_stays_the_same()
    {
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(host.State, "keys", "token.pem")));
        using var again = TokenKey.Open(host.State);
        Assert.Equal(key.Id, again.Id);
    }

    private async Task<HttpResponseMessage> SendAsync(string? header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/things/1");
        if (header is not null) request.Headers.TryAddWithoutValidation("Authorization", header);
        return await host.Client.SendAsync(request);
    }

    private string Signed(string body, Action<JsonObject> change) => key.Sign(new JsonObject { ["alg"] = "RS256", ["kid"] = key.Id }, Claims(body, change));

    private string Unsigned(string body, string algorithm) => $"{Encode(new JsonObject { ["alg"] = algorithm, ["kid"] = key.Id })}.{body}";

    private string Hmac(string body)
    {
        var signed = Unsigned(body, "HS256");
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.ToJwks()), Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string OtherKey(DateTimeOffset now)
    {
        var folder = Directory.CreateTempSubdirectory("domainflow-key-");
        using var other = TokenKey.Open(folder.FullName);
        folder.Delete(recursive: true);
        return other.Mint(new TokenRequest(TestHost.Tenant, TestHost.User, TimeSpan.FromHours(1)), now);
    }

    private static JsonObject Claims(string body, Action<JsonObject> change)
    {
        var claims = (JsonObject)JsonNode.Parse(Base64Url.DecodeFromChars(body))!;
        change(claims);
        return claims;
    }

    private static string Encode(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
