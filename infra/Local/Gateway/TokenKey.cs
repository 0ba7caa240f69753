using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace DomainFlow.Local.Gateway;

/// <summary>The key that signs ID tokens on this machine, made at first start: what a Cognito user pool is to a deployment.</summary>
public sealed class TokenKey : IDisposable
{
    public const string Issuer = "https://cognito-idp.local-1.amazonaws.com/local-1_domainflow";
    public const string Audience = "domainflow-local";

    private readonly RSA rsa;

    private TokenKey(RSA rsa)
    {
        this.rsa = rsa;
        var key = rsa.ExportParameters(includePrivateParameters: false);
        // RFC 7638: the thumbprint of the public key names it.
        var canonical = $$"""{"e":"{{Encode(key.Exponent!)}}","kty":"RSA","n":"{{Encode(key.Modulus!)}}"}""";
        Id = Encode(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        PublicKey = new RsaSecurityKey(key) { KeyId = Id };
    }

    public string Id { get; }

    internal RsaSecurityKey PublicKey { get; }

    /// <summary>Reads the state folder's key, or makes it.</summary>
    public static TokenKey Open(string stateFolder)
    {
        var pem = StateFiles.ReadOrMake(StateFiles.TokenKey(stateFolder), () =>
        {
            using var fresh = RSA.Create(2048);
            return fresh.ExportPkcs8PrivateKeyPem();
        });
        var rsa = RSA.Create();
        rsa.ImportFromPem(pem);
        return new TokenKey(rsa);
    }

    /// <summary>An ID token, as a user pool would issue it.</summary>
    public string Mint(TokenRequest request, DateTimeOffset now)
    {
        var claims = new JsonObject
        {
            ["sub"] = request.User.ToString(),
            ["iss"] = Issuer,
            ["aud"] = Audience,
            ["token_use"] = "id",
            ["auth_time"] = now.ToUnixTimeSeconds(),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.Add(request.ValidFor).ToUnixTimeSeconds(),
            ["jti"] = Guid.NewGuid().ToString(),
            ["cognito:username"] = request.Username ?? request.User.ToString(),
            ["custom:tenant_id"] = request.Tenant.ToString(),
        };
        if (request.Email is { } email)
        {
            claims["email"] = email;
            claims["email_verified"] = true;
        }

        if (request.Groups.Count > 0) claims["cognito:groups"] = new JsonArray([.. request.Groups.Select(group => JsonValue.Create(group))]);
        return Sign(new JsonObject { ["alg"] = "RS256", ["kid"] = Id, ["typ"] = "JWT" }, claims);
    }

    /// <summary>The public key as a JSON Web Key Set.</summary>
    public string ToJwks()
    {
        var key = rsa.ExportParameters(includePrivateParameters: false);
        var jwk = new { kty = "RSA", use = "sig", alg = "RS256", kid = Id, n = Encode(key.Modulus!), e = Encode(key.Exponent!) };
        return JsonSerializer.Serialize(new { keys = new[] { jwk } });
    }

    public void Dispose() => rsa.Dispose();

    internal string Sign(JsonObject header, JsonObject claims)
    {
        var signed = $"{Encode(Encoding.UTF8.GetBytes(header.ToJsonString()))}.{Encode(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{signed}.{Encode(rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Encode(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}

/// <summary>Whom a token is for.</summary>
public sealed record TokenRequest(Guid Tenant, Guid User, TimeSpan ValidFor)
{
    public string? Email { get; init; }

    public string? Username { get; init; }

    public IReadOnlyList<string> Groups { get; init; } = [];
}
