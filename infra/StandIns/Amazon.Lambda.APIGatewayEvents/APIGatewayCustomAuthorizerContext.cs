using System.Runtime.Serialization;
using System.Text.Json;

namespace Amazon.Lambda.APIGatewayEvents;

/// <summary>What the authorizer said, entry by entry. Read from JSON, the values are <see cref="JsonElement"/>.</summary>
[DataContract]
public class APIGatewayCustomAuthorizerContext : Dictionary<string, object>
{
    private Dictionary<string, string> _claims;

    /// <summary>The token's claims from a Cognito user pool authorizer: those with text as value, read from the entry "claims" on first use.</summary>
    [DataMember(Name = "claims")]
    public Dictionary<string, string> Claims
    {
        get => _claims ??= ReadClaims();
        set => _claims = value;
    }

    private Dictionary<string, string> ReadClaims()
    {
        var claims = new Dictionary<string, string>();
        if (!TryGetValue("claims", out var entry) || entry is not JsonElement { ValueKind: JsonValueKind.Object } element)
            return claims;

        foreach (var claim in element.EnumerateObject())
        {
            if (claim.Value.ValueKind == JsonValueKind.String) claims[claim.Name] = claim.Value.GetString();
        }

        return claims;
    }
}
