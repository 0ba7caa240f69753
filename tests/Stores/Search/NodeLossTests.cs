using DomainFlow.Chaos.Tests.Support;
using DomainFlow.Domain.Search;
using DomainFlow.Embedded.Tests.Contracts;
using DomainFlow.Search;
using DomainFlow.Search.Writing;
using DomainFlow.Stores.Tests.Servers;

namespace DomainFlow.Stores.Tests.Search;

/// <summary>The node goes away in the middle of the work, and comes back. It is this test's own.</summary>
public sealed class NodeLossTests
{
    [SkippableFact]
    public async Task Nothing_is_lost_when_the_node_stops_in_the_middle_of_an_import()
    {
        await using var server = await TestServer.StartAsync("DOMAINFLOW_TEST_OPENSEARCH");
        Skip.If(server is null, "DOMAINFLOW_TEST_OPENSEARCH names no folder with an OpenSearch server");
        var endpoint = new Uri(server!.Settings["OPENSEARCH_URL"]);
        var (tenant, away) = (Guid.NewGuid(), TimeSpan.FromSeconds(ProofSize.Of(0, 60)));
        using var index = new OpenSearchIndex(new(endpoint)
        {
            IsSigned = false,
            Replicas = 0,
            BulkDocuments = 20,
            RequestTimeout = TimeSpan.FromSeconds(20),
            Patience = TimeSpan.FromMinutes(3),
        });
        var documents = Enumerable.Range(0, ProofSize.Of(400, 4000)).Select(n => Corpus.Document(tenant, n % 50, $"report {n}")).ToList();
        await index.PrepareAsync(SearchIndexes.Incidents, default);

        var import = index.UpsertManyAsync(SearchIndexes.Incidents, documents, default);
        while ((await index.ReadAsync(SearchIndexes.Incidents, tenant, [documents[60].Id], default)).Count == 0) await Task.Delay(10);
        await server.StopAsync();
        Assert.False(import.IsCompleted);
        await Task.Delay(away);
        await server.StartAgainAsync(endpoint.Port);

        Assert.All(await import, outcome => Assert.True(outcome is WriteOutcome.Stored or WriteOutcome.Superseded, $"{outcome}"));
        var held = await index.ReadAsync(SearchIndexes.Incidents, tenant, [.. documents.Select(d => d.Id)], default);
        Assert.Equal(documents.Select(d => (d.Id, d.Text)).Order(), held.Select(d => (d.Id, d.Text)).Order());
        await Found.SayAsync($"; {documents.Count} documents written while the node was away for {away.TotalSeconds:0} s and its start: all there");
    }
}
