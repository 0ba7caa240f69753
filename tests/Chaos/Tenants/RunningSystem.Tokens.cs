using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DomainFlow.Local.Gateway;

namespace DomainFlow.EndToEnd.Tests.Running;

/// <summary>Tokens of the system's own key, also such as no user pool issues.</summary>
public sealed partial class RunningSystem
{
    public string TokenOf(TokenRequest request) => _key!.Mint(request, TimeProvider.System.GetUtcNow());

    /// <summary>Signs claims with the system's key: the gateway lets them pass.</summary>
    public string SignedToken(JsonObject claims) => SignedToken(claims, PrivateKey);

    /// <summary>What everybody may know of the key, as PEM.</summary>
    public string PublicKey
    {
        get
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(PrivateKey);
            return rsa.ExportSubjectPublicKeyInfoPem();
        }
    }

    private string PrivateKey => File.ReadAllText(Path.Combine(State, "keys", "token.pem"));

    /// <summary>Names the system's key, and is signed with the given one.</summary>
    public string SignedToken(JsonObject claims, string pem)
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(pem);
        var signed = Part(new JsonObject { ["alg"] = "RS256", ["kid"] = _key!.Id, ["typ"] = "JWT" }) + "." + Part(claims);
        return $"{signed}.{Base64Url.EncodeToString(rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    public static string Part(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
