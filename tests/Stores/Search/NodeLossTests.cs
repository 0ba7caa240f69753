using DomainFlow.Chaos.Tests.Support;
using DomainFlow.Domain.Search;
using DomainFlow.Embedded.Tests.Contracts;
using DomainFlow.Search;
using DomainFlow.Search.Writing;
using DomainFlow.Stores.Tests.Servers;
using OpenSearch.Net;

namespace DomainFlow.Stores.Tests.Search;

/// <summary>The node goes away in the middle of the work, and comes back. It is this test's own.</summary>
public sealed class NodeLossTests
{
    [SkippableFact]
    public async Task Nothing_is_lost_when_the_node_stops_in_the_middle_of_an_import()
    {
        Skip.IfNot(ProofSize.Full, "takes a minute and a half: ./verify --aws opensearch runs it");
        await using var server = await TestServer.StartAsync("DOMAINFLOW_TEST_OPENSEARCH");
        Skip.If(server is null, "DOMAINFLOW_TEST_OPENSEARCH names no folder with an OpenSearch server");
        var endpoint = new Uri(server!.Settings["OPENSEARCH_URL"]);
        var (tenant, away) = (Guid.NewGuid(), TimeSpan.FromSeconds(60));
        using var connection = new HeldBulk(number: 4);
        using var index = new OpenSearchIndex(new(endpoint)
        {
            IsSigned = false,
            Connection = connection,
            Replicas = 0,
            BulkDocuments = 20,
            RequestTimeout = TimeSpan.FromSeconds(20),
            Patience = TimeSpan.FromMinutes(3),
        });
        var documents = Enumerable.Range(0, 4000).Select(n => Corpus.Document(tenant, n % 50, $"report {n}")).ToList();
        await index.PrepareAsync(SearchIndexes.Incidents, default);

        var import = index.UpsertManyAsync(SearchIndexes.Incidents, documents, default);
        var reached = connection.IsReached.WaitAsync(TimeSpan.FromMinutes(1));
        if (await Task.WhenAny(import, reached) == import) Assert.Fail($"it ended before the node did: {(await import).Count} outcomes");
        await reached;
        await server.StopAsync();
        connection.LetGo();
        await Task.Delay(away);
        await server.StartAgainAsync(endpoint.Port);

        Assert.All(await import, outcome => Assert.True(outcome is WriteOutcome.Stored or WriteOutcome.Superseded, $"{outcome}"));
        var held = await index.ReadAsync(SearchIndexes.Incidents, tenant, [.. documents.Select(d => d.Id)], default);
        Assert.Equal(documents.Select(d => (d.Id, d.Text)).Order(), held.Select(d => (d.Id, d.Text)).Order());
        await Found.SayAsync($"{documents.Count} documents written while the node was away for {away.TotalSeconds:0} s and its start: all there");
    }

    /// <summary>Holds a request of bulk writes back until it is let go, so that the import cannot end before.</summary>
    private sealed class HeldBulk(int number) : HttpConnection
    {
        private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int bulks;

        public Task IsReached => reached.Task;

        public void LetGo() => letGo.SetResult();

        protected override HttpMessageHandler CreateHttpClientHandler(RequestData requestData) => new Handler(this, base.CreateHttpClientHandler(requestData));

        private async Task PassAsync(CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref bulks) < number) return;
            reached.TrySetResult();
            await letGo.Task.WaitAsync(cancellationToken);
        }

        private sealed class Handler(HeldBulk connection, HttpMessageHandler inner) : DelegatingHandler(inner)
        {
            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                if (request.RequestUri!.AbsolutePath.EndsWith("_bulk", StringComparison.Ordinal)) await connection.PassAsync(cancellationToken);
                return await base.SendAsync(request, cancellationToken);
            }
        }
    }
}
