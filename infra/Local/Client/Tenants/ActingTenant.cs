namespace DomainFlow.Local.Client.Tenants;

/// <summary>For whom a command acts.</summary>
internal static class ActingTenant
{
    /// <summary>The demo tenant, or the named one with a user of its own.</summary>
    public static DemoTenant Choose(string stateFolder, Guid? tenant, string? domain)
    {
        var kept = tenant is null ? DemoTenant.Require(stateFolder) : DemoTenant.Find(stateFolder);
        if (tenant is { } named && kept?.TenantId != named) kept = new DemoTenant(named, UserOf(named), DemoTenant.StandardDomain);
        return domain is null ? kept! : kept! with { DomainId = domain };
    }

    /// <summary>One user for each tenant, so that idempotency keys, which are kept by user, hold over several runs.</summary>
    private static Guid UserOf(Guid tenant)
    {
        var bytes = System.Security.Cryptography.SHA256.HashData(tenant.ToByteArray());
        return new Guid(bytes.AsSpan(0, 16));
    }
}
