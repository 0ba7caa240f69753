using System.Text.Json;
using System.Text.Json.Nodes;
using DomainFlow.Domain.Caching;
using DomainFlow.Domain.Json;
using DomainFlow.Domain.Storage;

namespace DomainFlow.Domain.Tenancy;

/// <summary>Accounts, made at first sight from a token's claims.</summary>
/// <param name="shared">Where all processes remember whose account there is; null: this one remembers for itself.</param>
public sealed class AccountBook(ITableStore tables, TimeProvider clock, ICache? shared = null)
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

        var key = CacheKey.User(caller.Tenant, caller.User);
        if (shared is null || await shared.GetAsync(key, cancellationToken) is null)
        {
            await AddAsync(caller, cancellationToken);
            if (shared is not null) await shared.SetAsync(key, new byte[] { 1 }, cancellationToken);
        }

        if (_seen.Count > 10_000)
        {
            _seen.Clear();
        }

        _seen.Add(caller.User);
    }

    private async Task AddAsync(Caller caller, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var account = new Account
        {
            UserId = caller.User,
            Tenant = caller.Tenant,
            Email = caller.Email,
            Role = caller.IsAdmin ? "admin" : "user",
            CreatedAt = now,
            UpdatedAt = now,
            LastLoginAt = now,
            LoginCount = 1,
            Metadata = new("cognito", caller.Email is not null, caller.Username),
        };
        var item = JsonSerializer.SerializeToNode(account, DomainJson.Default.Account)!.AsObject();
        await tables.WriteAsync(new TableWrite.Put(Table, item, WriteCondition.IfAbsent), caller.Tenant, cancellationToken);
    }

    public async Task<Account?> FindAsync(Guid user, Guid tenant, CancellationToken cancellationToken) =>
        await tables.GetAsync(Table, new(user.ToString()), tenant, cancellationToken) is JsonObject item
            ? item.Deserialize(DomainJson.Default.Account)
            : null;
}
