using System.Text.Json;
using System.Text.Json.Nodes;
using DomainFlow.Domain.Json;
using DomainFlow.Domain.Storage;

namespace DomainFlow.Domain.Tenancy;

/// <summary>Accounts, made at first sight from a token's claims.</summary>
public sealed class AccountBook(ITableStore tables, TimeProvider clock)
{
    private const string Table = "Users";
    private readonly HashSet<Guid> _seen = [];

    /// <summary>Makes the caller's account where there is none, so that what they create can name them.</summary>
    public async Task EnsureAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (_seen.Contains(caller.User))
        {
            return;
        }

        var now = clock.GetUtcNow();
        var account = new Account
        {
            UserId = caller.User,
            Tenant = caller.Tenant,
            Email = caller.Email,
            Role = caller.Groups.Contains("admin") ? "admin" : "user",
            CreatedAt = now,
            UpdatedAt = now,
            LastLoginAt = now,
            LoginCount = 1,
            Metadata = new("cognito", caller.Email is not null, caller.Username),
        };
        var item = JsonSerializer.SerializeToNode(account, DomainJson.Default.Account)!.AsObject();
        await tables.WriteAsync(new TableWrite.Put(Table, item, WriteCondition.IfAbsent), caller.Tenant, cancellationToken);
        if (_seen.Count > 10_000)
        {
            _seen.Clear();
        }

        _seen.Add(caller.User);
    }

    public async Task<Account?> FindAsync(Guid user, Guid tenant, CancellationToken cancellationToken) =>
        await tables.GetAsync(Table, new(user.ToString()), tenant, cancellationToken) is JsonObject item
            ? item.Deserialize(DomainJson.Default.Account)
            : null;
}
