using System.Text.Json.Serialization;

namespace DomainFlow.Domain.Tenancy;

/// <summary>An item of Users: the account of somebody whom Cognito knows. Attribute names are camelCase, as the table was specified.</summary>
public sealed record Account
{
    [JsonPropertyName("userId")]
    public required Guid UserId { get; init; }

    [JsonPropertyName("tenant_id")]
    public required Guid Tenant { get; init; }

    [JsonPropertyName("email")]
    public string? Email { get; init; }

    [JsonPropertyName("tenant_email")]
    public string? TenantEmail => Email is null ? null : $"{Tenant}#{Email.ToLowerInvariant()}";

    [JsonPropertyName("firstName")]
    public string? FirstName { get; init; }

    [JsonPropertyName("lastName")]
    public string? LastName { get; init; }

    /// <summary>user or admin.</summary>
    [JsonPropertyName("role")]
    public required string Role { get; init; }

    /// <summary>COGNITO, Google or LoginWithAmazon.</summary>
    [JsonPropertyName("provider")]
    public string Provider { get; init; } = "COGNITO";

    [JsonPropertyName("isActive")]
    public bool IsActive { get; init; } = true;

    [JsonPropertyName("createdAt")]
    public required DateTimeOffset CreatedAt { get; init; }

    [JsonPropertyName("updatedAt")]
    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonPropertyName("lastLoginAt")]
    public DateTimeOffset? LastLoginAt { get; init; }

    [JsonPropertyName("loginCount")]
    public int LoginCount { get; init; }

    [JsonPropertyName("preferences")]
    public AccountPreferences Preferences { get; init; } = new("light", true, "en");

    [JsonPropertyName("metadata")]
    public required AccountMetadata Metadata { get; init; }

    [JsonPropertyName("version")]
    public long Version { get; init; } = 1;
}

public sealed record AccountPreferences(
    [property: JsonPropertyName("theme")] string Theme,
    [property: JsonPropertyName("notifications")] bool Notifications,
    [property: JsonPropertyName("language")] string Language);

public sealed record AccountMetadata(
    [property: JsonPropertyName("registrationSource")] string RegistrationSource,
    [property: JsonPropertyName("emailVerified")] bool EmailVerified,
    [property: JsonPropertyName("cognitoUsername")] string CognitoUsername,
    [property: JsonPropertyName("termsAcceptedAt")] DateTimeOffset? TermsAcceptedAt = null);

/// <summary>An item of user_sessions: where somebody is working.</summary>
public sealed record UserSession(
    Guid UserId,
    Guid TenantId,
    Guid? ActiveSession,
    string? ActiveDomain,
    DateTimeOffset LastActivity,
    long ExpiresAt);
