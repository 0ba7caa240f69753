namespace DomainFlow.Domain.Tenancy;

/// <summary>Who calls, as a verified token says; nothing of it comes from a body or a path.</summary>
/// <param name="Groups">Known groups alone: admin, manager, analyst, operator, viewer; at least one.</param>
public sealed record Caller(Guid Tenant, Guid User, string Username, string? Email, IReadOnlySet<string> Groups)
{
    /// <summary>Admins see what other users of their tenant asked.</summary>
    public bool IsAdmin => Groups.Contains("admin");
}
