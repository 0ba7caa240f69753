using DomainFlow.Aws.Tables;
using DomainFlow.Domain.Storage;
using DomainFlow.Embedded.Tests.Contracts;

namespace DomainFlow.Stores.Tests.Tables;

public sealed class DynamoWriteTests(DynamoServer server) : TableWriteContract, IClassFixture<DynamoServer>
{
    private readonly ObjectsInMemory objects = new(TimeProvider.System);

    protected override ITableStore Store => server.Store(Clock, new LargeValues(objects, "values"));
}

public sealed class DynamoTransactionTests(DynamoServer server) : TableTransactionContract, IClassFixture<DynamoServer>
{
    protected override ITableStore Store => server.Store(TimeProvider.System);
}

public sealed class DynamoQueryTests(DynamoServer server) : TableQueryContract, IClassFixture<DynamoServer>
{
    protected override ITableStore Store => server.Store(Clock);
}
