using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DomainFlow.EndToEnd.Tests.Running;

namespace DomainFlow.Chaos.Tests.Tenants;

/// <summary>Tokens that say more than the user pool did, or whose tenant is none.</summary>
internal sealed class ForgedTokens(RunningSystem system) : IDisposable
{
    private readonly RSA _stranger = RSA.Create(2048);
    private readonly byte[] _publicKey = Encoding.ASCII.GetBytes(system.PublicKey);

    public void Dispose() => _stranger.Dispose();

    public Call Any(FuzzedTenant caller, FuzzedTenant victim, Random random)
    {
        var own = caller.People[random.Next(caller.People.Count)].Token;
        var (head, body, signature) = own.Split('.') is [var h, var b, var s] ? (h, b, s) : throw new InvalidOperationException("a token has three parts");
        var changed = Claims(body, claims => claims["custom:tenant_id"] = victim.Id.ToString());
        return random.Next(10) switch
        {
            0 => Refused(caller, $"{head}.{RunningSystem.Part(changed)}.{signature}"),
            1 => Refused(caller, $"{RunningSystem.Part(new() { ["alg"] = "none", ["typ"] = "JWT" })}.{RunningSystem.Part(changed)}."),
            2 => Refused(caller, SignedWithThePublicKey(changed)),
            3 => Refused(caller, system.SignedToken(changed, _stranger.ExportPkcs8PrivateKeyPem())),
            4 => Refused(caller, system.SignedToken(Claims(body, claims => claims["exp"] = 1_700_000_000))),
            5 => Refused(caller, system.SignedToken(Claims(body, claims => claims["token_use"] = "access"))),
            6 => Nobody(caller, Claims(body, claims => claims.Remove("custom:tenant_id"))),
            7 => Nobody(caller, Claims(body, claims => claims["custom:tenant_id"] = new JsonArray(caller.Id.ToString(), victim.Id.ToString()))),
            8 => Nobody(caller, Claims(body, claims => claims["custom:tenant_id"] = Malformed(victim, random))),
            _ => Own(caller, Claims(body, claims => (claims["tenant_id"], claims["custom:tenantId"]) = (victim.Id.ToString(), victim.Id.ToString()))),
        };
    }

    private static string Malformed(FuzzedTenant victim, Random random) => random.Next(3) switch
    {
        0 => "",
        1 => $"{{{victim.Id}}}",
        _ => $"{victim.Id} ",
    };

    private static Call Refused(FuzzedTenant caller, string token) => new(caller, "forged token", new("GET", "/reports?limit=50", token), 401);

    private Call Nobody(FuzzedTenant caller, JsonObject claims) =>
        new(caller, "token without a tenant", new("GET", "/reports?limit=50", system.SignedToken(claims)), 403);

    private Call Own(FuzzedTenant caller, JsonObject claims) =>
        new(caller, "token with claims beside", new("GET", "/reports?limit=50", system.SignedToken(claims)), 200);

    private static JsonObject Claims(string part, Action<JsonObject> change)
    {
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(part))!.AsObject();
        change(claims);
        return claims;
    }

    /// <summary>What a verifier takes that lets the token choose between a key pair and a shared secret.</summary>
    private string SignedWithThePublicKey(JsonObject claims)
    {
        var signed = $"{RunningSystem.Part(new() { ["alg"] = "HS256", ["kid"] = "local", ["typ"] = "JWT" })}.{RunningSystem.Part(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(_publicKey, Encoding.ASCII.GetBytes(signed)))}";
    }
}
