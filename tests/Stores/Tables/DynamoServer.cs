using Amazon.DynamoDBv2;
using Amazon.Runtime;
using DomainFlow.Aws.Tables;
using DomainFlow.AwsEndpoints;
using DomainFlow.Embedded.Tests.Contracts;
using DomainFlow.Stores.Tests.Servers;
using DomainFlow.Topology;

namespace DomainFlow.Stores.Tests.Tables;

/// <summary>A DynamoDB server with the contract's tables. Without DOMAINFLOW_TEST_DYNAMODB its tests are skipped.</summary>
public sealed class DynamoServer : IAsyncLifetime
{
    private TestServer? server;
    private readonly HttpClient http = new();
    private AmazonDynamoDBClient? client;

    public static readonly AWSCredentials Credentials = new BasicAWSCredentials("key", "secret");

    public IAmazonDynamoDB Client
    {
        get
        {
            Skip.If(client is null, "DOMAINFLOW_TEST_DYNAMODB names no folder of a DynamoDB server");
            return client!;
        }
    }

    public StreamEndpoint Streams => new(http, new Uri(Client.Config.ServiceURL), Credentials, "us-east-1", TimeProvider.System);

    /// <summary>A client as the functions have it, with another wire under it.</summary>
    public IAmazonDynamoDB ClientOn(ScriptedEndpoint wire) =>
        DynamoClient.Create(new Uri(Client.Config.ServiceURL), Credentials, configuration => configuration.HttpClientFactory = wire);

    public static string PhysicalName(string table) => $"test-{table}";

    public static IReadOnlyDictionary<string, string> PhysicalNames(IReadOnlyList<TableDefinition> tables) =>
        tables.ToDictionary(table => table.Name, table => PhysicalName(table.Name));

    public DynamoTables Store(TimeProvider time, LargeValues? large = null) =>
        new(Client, PhysicalNames(ContractTables.All), time, large, ContractTables.All);

    public async Task InitializeAsync()
    {
        server = await TestServer.StartAsync("DOMAINFLOW_TEST_DYNAMODB");
        if (server is null)
            return;
        client = DynamoClient.Create(new Uri(server.Settings["DYNAMODB_URL"]), Credentials);
        await new DynamoSchema(client, PhysicalName, TimeProvider.System).EnsureAsync(ContractTables.All, default);
    }

    public async Task DisposeAsync()
    {
        client?.Dispose();
        http.Dispose();
        if (server is not null)
            await server.DisposeAsync();
    }
}
