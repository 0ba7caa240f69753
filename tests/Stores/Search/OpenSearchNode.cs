using DomainFlow.Search;
using DomainFlow.Stores.Tests.Servers;

namespace DomainFlow.Stores.Tests.Search;

/// <summary>The OpenSearch node of a test run, started when the first test asks for it. Without DOMAINFLOW_TEST_OPENSEARCH its tests are skipped.</summary>
public sealed class OpenSearchNode : IAsyncLifetime
{
    private const string Variable = "DOMAINFLOW_TEST_OPENSEARCH";
    private TestServer? server;

    public TestServer Server
    {
        get
        {
            Skip.If(server is null, $"{Variable} names no folder with an OpenSearch server");
            return server!;
        }
    }

    public bool IsThere => server is not null;

    public Uri Endpoint => new(Server.Settings["OPENSEARCH_URL"]);

    /// <summary>Writes can be searched for at once.</summary>
    /// <param name="prefix">Of the indexes' names: a test class has its own.</param>
    public OpenSearchOptions Options(string prefix) => new(Endpoint)
    {
        IsSigned = false,
        IndexPrefix = prefix + "-",
        Replicas = 0,
        Visibility = WriteVisibility.AtOnce,
        RequestTimeout = TimeSpan.FromSeconds(60),
        Patience = TimeSpan.FromSeconds(60),
    };

    public async Task InitializeAsync()
    {
        // A run that is killed leaves no node.
        Environment.SetEnvironmentVariable("OPENSEARCH_OWNER", $"{Environment.ProcessId}");
        server = await TestServer.StartAsync(Variable);
    }

    public async Task DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class OpenSearchCollection : ICollectionFixture<OpenSearchNode>
{
    public const string Name = "OpenSearch";
}
