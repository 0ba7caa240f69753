using DomainFlow.Domain.Tenancy;
using DomainFlow.Topology;

namespace DomainFlow.Hosting.Http;

/// <summary>The caller, from the claims of a verified ID token.</summary>
public static class CallerClaims
{
    /// <exception cref="ProblemException">403: a claim that says who and whose is missing or malformed.</exception>
    public static Caller Read(IReadOnlyDictionary<string, string>? claims)
    {
        if (claims is null)
        {
            throw new ProblemException(Problem.Forbidden("The request carries no verified token"));
        }

        var tenant = Id(claims, "custom:tenant_id");
        var user = Id(claims, "sub");
        var email = claims.GetValueOrDefault("email");
        return new(tenant, user, claims.GetValueOrDefault("cognito:username") ?? user.ToString(), email,
            UserGroups.OfClaim(claims.GetValueOrDefault("cognito:groups")));
    }

    private static Guid Id(IReadOnlyDictionary<string, string> claims, string name) =>
        // The parser passes over blanks around a UUID: such a claim is malformed.
        claims.TryGetValue(name, out var text) && text.Length == 36 && Guid.TryParseExact(text, "D", out var id) && id != Guid.Empty
            ? id
            : throw new ProblemException(Problem.Forbidden($"The token's claim {name} is missing or is not a UUID", name));
}
