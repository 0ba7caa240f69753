using DomainFlow.Domain.Storage;
using DomainFlow.Embedded.Tests.Contracts;
using DomainFlow.Embedded.Tests.Support;

namespace DomainFlow.Embedded.Tests.Tables;

public sealed class EmbeddedTableWriteTests(TestDatabase database) : TableWriteContract, IClassFixture<TestDatabase>
{
    protected override ITableStore Store => new EmbeddedTables(database.Functions, Clock, ContractTables.All);
}

public sealed class EmbeddedTableTransactionTests(TestDatabase database) : TableTransactionContract, IClassFixture<TestDatabase>
{
    protected override ITableStore Store => new EmbeddedTables(database.Functions, TimeProvider.System, ContractTables.All);
}

public sealed class EmbeddedTableQueryTests(TestDatabase database) : TableQueryContract, IClassFixture<TestDatabase>
{
    protected override ITableStore Store => new EmbeddedTables(database.Functions, Clock, ContractTables.All);
}
