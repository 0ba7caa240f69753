namespace DomainFlow.Integration.Tests.Infrastructure;

/// <summary>A database for one test that changes the schema.</summary>
internal sealed class OwnDatabase : IAsyncDisposable
{
    private OwnDatabase(TestDatabase database) => Database = database;

    public TestDatabase Database { get; }

    public static async Task<OwnDatabase> MakeAsync()
    {
        var database = new TestDatabase().Needed();
        await database.InitializeAsync();
        return new OwnDatabase(database);
    }

    public async ValueTask DisposeAsync() => await Database.DisposeAsync();
}
