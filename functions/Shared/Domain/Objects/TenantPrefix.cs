namespace DomainFlow.Domain.Objects;

/// <summary>What every store asks of a prefix before it deletes all that lies under it.</summary>
public static class TenantPrefix
{
    /// <exception cref="ArgumentException">It does not end with a slash, or neither its first nor its second part is a tenant.</exception>
    public static void Check(string prefix)
    {
        var parts = prefix.Split('/');
        if (parts[^1].Length > 0 || !parts.Take(Math.Min(2, parts.Length - 1)).Any(part => Guid.TryParseExact(part, "D", out _)))
        {
            throw new ArgumentException($"The prefix '{prefix}' must end with '/' and hold the tenant in its first or second part.", nameof(prefix));
        }
    }
}
