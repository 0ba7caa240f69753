using DomainFlow.Embedded.Tests.Contracts;
using DomainFlow.Embedded.Tests.Support;
using Xunit.Abstractions;

namespace DomainFlow.Embedded.Tests.Search;

public sealed class NearestNeighbourTests(TestDatabase database, ITestOutputHelper output) : NearestNeighbourContract(output), IClassFixture<TestDatabase>
{
    [SkippableFact]
    public async Task A_filtered_search_finds_exactly_the_nearest()
    {
        var index = new EmbeddedSearch(database.Functions);
        foreach (var document in Documents) await index.UpsertAsync(document, default);
        Assert.Equal(1, await MeasureAsync(index, "embedded search"), 1e-9);
    }
}
