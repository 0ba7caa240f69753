using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DomainFlow.Local.Gateway;

/// <summary>Checks ID tokens as a Cognito user pool authorizer does, and turns their claims into text as it does.</summary>
internal sealed class Authorizer(TokenKey key, TimeProvider clock)
{
    /// <param name="header">The Authorization header: the token, with or without "Bearer ".</param>
    public TokenCheck Check(string? header)
    {
        if (string.IsNullOrEmpty(header)) return new TokenCheck.Wrong();
        var token = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : header;
        if (token.Split('.') is not [var head, var body, var signature]) return new TokenCheck.Wrong();
        try
        {
            if (Decode(head) is not { } fields || Text(fields["alg"]) != "RS256" || Text(fields["kid"]) != key.Id) return new TokenCheck.Wrong();
            if (!key.Verify($"{head}.{body}", Base64Url.DecodeFromChars(signature))) return new TokenCheck.Wrong();
            if (Decode(body) is not { } claims || !IsForUs(claims) || claims["exp"] is not JsonValue expiry) return new TokenCheck.Wrong();
            return expiry.GetValue<long>() > clock.GetUtcNow().ToUnixTimeSeconds() ? new TokenCheck.Valid(AsText(claims)) : new TokenCheck.Expired();
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException or InvalidOperationException)
        {
            return new TokenCheck.Wrong();
        }
    }

    private static bool IsForUs(JsonObject claims) =>
        Text(claims["iss"]) == TokenKey.Issuer
        && Text(claims["aud"]) == TokenKey.Audience
        && Text(claims["token_use"]) == "id";

    private static JsonObject AsText(JsonObject claims) =>
        new(claims.Select(claim => KeyValuePair.Create(claim.Key, (JsonNode?)Text(claim.Key, claim.Value))));

    /// <summary>Groups become "a,b", times become words: that is what functions behind a user pool authorizer see.</summary>
    private static string Text(string name, JsonNode? value) => (name, value) switch
    {
        ("exp" or "iat", JsonValue time) =>
            DateTimeOffset.FromUnixTimeSeconds(time.GetValue<long>()).ToString("ddd MMM dd HH:mm:ss 'UTC' yyyy", CultureInfo.InvariantCulture),
        (_, JsonArray items) => string.Join(',', items.Select(item => item?.ToString())),
        (_, JsonObject) => value.ToJsonString(),
        _ => value?.ToString() ?? "",
    };

    private static string? Text(JsonNode? value) => value is JsonValue text && text.TryGetValue<string>(out var read) ? read : null;

    private static JsonObject? Decode(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part)) as JsonObject;
}

/// <summary>What became of a token.</summary>
internal abstract record TokenCheck
{
    private TokenCheck()
    {
    }

    /// <param name="Claims">As text, as a function sees them.</param>
    public sealed record Valid(JsonObject Claims) : TokenCheck;

    /// <summary>Right in all but its time.</summary>
    public sealed record Expired : TokenCheck;

    public sealed record Wrong : TokenCheck;
}
