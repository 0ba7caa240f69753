using System.Text.Json.Nodes;
using DomainFlow.Cache;
using DomainFlow.Domain.Storage;
using DomainFlow.Domain.Tenancy;
using DomainFlow.Unit.Tests.Photos;
using Xunit;

namespace DomainFlow.Unit.Tests.Hosting;

public class AccountBookTests
{
    private readonly MemoryTables tables = new();
    private readonly Caller caller = new(Guid.NewGuid(), Guid.NewGuid(), "a", "a@b.example", new HashSet<string>());
    private int writes;

    public AccountBookTests() => tables.BeforeWrite = () =>
    {
        writes++;
        return Task.CompletedTask;
    };

    [Fact]
    public async Task A_process_writes_a_users_account_once_and_another_not_at_all_where_they_share_a_cache()
    {
        var shared = new InProcessCache(TimeProvider.System);
        var first = new AccountBook(tables, TimeProvider.System, shared);
        await first.EnsureAsync(caller, default);
        await first.EnsureAsync(caller, default);
        await new AccountBook(tables, TimeProvider.System, shared).EnsureAsync(caller, default);
        Assert.Equal(1, writes);
        await new AccountBook(tables, TimeProvider.System).EnsureAsync(caller, default);
        Assert.Equal(2, writes);
        Assert.Equal(caller.Email, (await first.FindAsync(caller.User, caller.Tenant, default))!.Email);
    }
}
