using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace DomainFlow.Local.Gateway;

/// <summary>Checks ID tokens as a Cognito user pool authorizer does, and turns their claims into text as it does.</summary>
internal sealed class Authorizer(TokenKey key, TimeProvider clock)
{
    private const string Scheme = "Bearer ";

    private static readonly JsonWebTokenHandler Handler = new();

    private readonly TokenValidationParameters expected = new()
    {
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
        IssuerSigningKey = key.PublicKey,
        TryAllIssuerSigningKeys = false,
        ValidIssuer = TokenKey.Issuer,
        ValidAudience = TokenKey.Audience,
        // By the host's clock, and last: an expired token is told apart only where it is right in all else.
        ValidateLifetime = false,
    };

    /// <param name="header">The Authorization header: the token, with or without "Bearer ".</param>
    public async Task<TokenCheck> CheckAsync(string? header)
    {
        if (string.IsNullOrEmpty(header)) return new TokenCheck.Wrong();
        var token = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : header;
        var result = await Handler.ValidateTokenAsync(token, expected);
        return result is { IsValid: true, SecurityToken: JsonWebToken read } ? Check(read) : new TokenCheck.Wrong();
    }

    private TokenCheck Check(JsonWebToken token)
    {
        try
        {
            if (JsonNode.Parse(Base64Url.DecodeFromChars(token.EncodedPayload)) is not JsonObject claims) return new TokenCheck.Wrong();
            // A user pool's tokens name one audience, one kind and times in whole seconds.
            if (Text(claims["aud"]) is null || Text(claims["token_use"]) != "id" || claims["exp"] is not JsonValue expiry) return new TokenCheck.Wrong();
            return expiry.GetValue<long>() > clock.GetUtcNow().ToUnixTimeSeconds() ? new TokenCheck.Valid(AsText(claims)) : new TokenCheck.Expired();
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException or InvalidOperationException)
        {
            return new TokenCheck.Wrong();
        }
    }

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
