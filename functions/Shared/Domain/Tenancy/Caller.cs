namespace DomainFlow.Domain.Tenancy;

/// <summary>Who calls, as a verified token says; nothing of it comes from a body or a path.</summary>
/// <param name="Groups">admin, manager, analyst, operator, viewer.</param>
public sealed record Caller(Guid Tenant, Guid User, string Username, string? Email, IReadOnlySet<string> Groups)
{
    /// <summary>A caller whose only group is viewer reads and does not write reports.</summary>
    public bool MayReport => Groups.Count != 1 || !Groups.Contains("viewer");

    /// <summary>Deleting and running playbooks again is for admins and managers.</summary>
    public bool MayManage => Groups.Contains("admin") || Groups.Contains("manager");
}
