using System.Security.Cryptography.X509Certificates;
using DomainFlow.Chaos.Tests.Support;
using DomainFlow.EndToEnd.Tests.Running;
using DomainFlow.Judge.Tests.Recording;
using DomainFlow.Local;
using DomainFlow.Local.Aws;
using DomainFlow.Stores.Tests.Secrets;

namespace DomainFlow.Judge.Tests.Running;

/// <summary>The demo on the AWS adapters, and what befalls a system beside it, with every call recorded.</summary>
public sealed class JudgedRun : IAsyncLifetime
{
    private readonly MotoServer moto = new();
    private readonly List<RecordingProxy> proxies = [];
    private readonly CallLog log = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("domainflow-judge-");
    private readonly X509Certificate2 certificate = OwnCertificate.Make(TimeProvider.System.GetUtcNow());
    private RunningSystem? system;

    /// <summary>Why there is no run; null where there is one.</summary>
    public string? Missing { get; private set; }

    public IReadOnlyList<RecordedCall> Calls => log.Calls;

    public async Task InitializeAsync()
    {
        if (!ProofSize.Full)
        {
            Missing = "it takes a minute: ./verify --aws judge";
            return;
        }

        await moto.InitializeAsync();
        try
        {
            _ = moto.Url;
        }
        catch (SkipException absent)
        {
            Missing = absent.Message;
            return;
        }

        system = new RunningSystem { Between = StandBetweenAsync, ServeOptions = ["--name-callers"] };
        await system.InitializeAsync();
        if ((Missing = system.Missing) is not null) return;
        var demo = await system.ClientAsync("demo", "--samples", Path.Combine(RunningSystem.Root, "samples", "civic-complaints"));
        Assert.True(demo.ExitCode == 0, demo.Output + demo.Error + system.Log);
        using var incidents = new Incidents(system);
        await incidents.BefallAsync();
    }

    public async Task DisposeAsync()
    {
        if (system is not null) await system.DisposeAsync();
        foreach (var proxy in proxies) await proxy.DisposeAsync();
        await moto.DisposeAsync();
        certificate.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task<IReadOnlyDictionary<string, string>> StandBetweenAsync(AwsServers servers)
    {
        var trusted = Path.Combine(folder.FullName, "certificate.pem");
        await File.WriteAllTextAsync(trusted, certificate.ExportCertificatePem());
        var variables = new Dictionary<string, string>(servers.Variables)
        {
            [AwsSettings.DynamoDbVariable] = await ProxyAsync("dynamodb", servers.DynamoDb.Settings["DYNAMODB_URL"]),
            [AwsSettings.S3Variable] = await ProxyAsync("s3", servers.S3.Settings["S3_URL"]),
            [AwsSettings.SecretsManagerVariable] = await ProxyAsync("secretsmanager", moto.Url.AbsoluteUri),
            // What is reached by https is signed for, as a domain is.
            ["OPENSEARCH_URL"] = await ProxyAsync("es", servers.OpenSearch.Settings["OPENSEARCH_URL"], certificate),
            [HostOptions.CertificatesVariable] = trusted,
            // moto knows AWS's regions only.
            ["AWS_REGION"] = "eu-west-1",
        };
        return variables;
    }

    private async Task<string> ProxyAsync(string service, string server, X509Certificate2? own = null)
    {
        var proxy = await RecordingProxy.StartAsync(service, new Uri(server), log, own);
        proxies.Add(proxy);
        return proxy.Url.AbsoluteUri;
    }
}
