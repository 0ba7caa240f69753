using DomainFlow.Domain.Search;
using DomainFlow.Embedded.Search;
using DomainFlow.Embedded.Tests.Support;

namespace DomainFlow.Embedded.Tests.Search;

/// <summary>The limit of a deletion holds under a plan that was made for a table of one row.</summary>
public sealed class StaleStatisticsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [SkippableFact]
    public async Task No_more_tombstones_are_forgotten_than_asked()
    {
        var writer = new DocumentWriter(database.Functions);
        await ExecuteAsync("ALTER TABLE embedded.search_documents SET (autovacuum_enabled = false)");
        await BuryAsync(writer, 1);
        await ExecuteAsync("ANALYZE embedded.search_documents");
        await BuryAsync(writer, 4);
        var later = TimeProvider.System.GetUtcNow().AddMinutes(1);
        Assert.Equal(3, await writer.ForgetAsync(later, 3, default));
        Assert.Equal(2, await writer.ForgetAsync(later, 3, default));
    }

    private static async Task BuryAsync(DocumentWriter writer, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await writer.BuryAsync(SearchIndexes.Incidents, Guid.NewGuid(), Guid.NewGuid(), 1, default);
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = database.Owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
