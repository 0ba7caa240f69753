using DomainFlow.Domain.Storage;
using DomainFlow.Embedded.Tests.Contracts;
using DomainFlow.Embedded.Tests.Support;

namespace DomainFlow.Embedded.Tests.Tables;

public sealed class EmbeddedTableWriteTests(TestDatabase database) : TableWriteContract, IClassFixture<TestDatabase>
{
    protected override ITableStore Store => new EmbeddedTables(database.Functions, Clock, ContractTables.All);

    [SkippableFact]
    public async Task A_text_that_PostgreSQL_cannot_hold_is_named()
    {
        var tenant = Guid.NewGuid();
        var item = ContractTables.Thing(tenant, ContractTables.NewId());
        item["text"] = "a\0b";
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Store.WriteAsync(ContractTables.Put(item), tenant, default));
        Assert.Contains("U+0000", error.Message, StringComparison.Ordinal);
    }
}

public sealed class EmbeddedTableTransactionTests(TestDatabase database) : TableTransactionContract, IClassFixture<TestDatabase>
{
    protected override ITableStore Store => new EmbeddedTables(database.Functions, TimeProvider.System, ContractTables.All);
}

public sealed class EmbeddedTableQueryTests(TestDatabase database) : TableQueryContract, IClassFixture<TestDatabase>
{
    protected override ITableStore Store => new EmbeddedTables(database.Functions, Clock, ContractTables.All);
}
