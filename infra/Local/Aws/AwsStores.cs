using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;
using DomainFlow.AwsEndpoints;
using DomainFlow.Local.Console;
using DomainFlow.Local.Queues;
using DomainFlow.Topology;
using Npgsql;

namespace DomainFlow.Local.Aws;

/// <summary>What a deployment does around the functions where their stores are AWS's: makes tables and buckets, and brings streams and notifications into queues.</summary>
internal sealed class AwsStores : IDisposable
{
    private readonly AwsSettings settings;
    private readonly SystemDescription system;
    private readonly HostLog log;
    private readonly TimeProvider clock;
    private readonly AmazonDynamoDBClient tables;
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly AmazonS3Client objects;

    public AwsStores(AwsSettings settings, SystemDescription system, HostLog log, TimeProvider clock)
    {
        (this.settings, this.system, this.log, this.clock) = (settings, system, log, clock);
        var credentials = settings.Credentials(AwsSettings.Host);
        var (dynamo, region) = (settings.DynamoDb.AbsoluteUri, settings.Region);
        tables = new(credentials, new AmazonDynamoDBConfig { ServiceURL = dynamo, AuthenticationRegion = region });
        objects = new(credentials, new AmazonS3Config { ServiceURL = settings.S3.AbsoluteUri, AuthenticationRegion = region, ForcePathStyle = true });
    }

    /// <exception cref="HostException">A server does not answer, or refuses.</exception>
    public async Task MakeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await new DynamoSchema(tables, name => name, clock).EnsureAsync(SystemMap.Tables, cancellationToken);
            foreach (var lacking in await new S3Buckets(objects).EnsureAsync(system.Buckets, name => name, cancellationToken))
                log.Write("objects", LogLevel.Warning, lacking);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException or InvalidOperationException)
        {
            throw new HostException($"The stores cannot be made ({settings}): {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <summary>Runs until told to stop.</summary>
    public Task RunAsync(NpgsqlDataSource source, Action<string> wake, CancellationToken stopping)
    {
        var positions = new Positions(source);
        return Task.WhenAll(
        [
            .. system.Pipes.Select(pipe => new StreamPipe(pipe, tables, Streams(pipe), positions, wake, log, clock).RunAsync(stopping)),
            .. system.ObjectTriggers.Select(trigger => trigger.Bucket).Distinct().Select(bucket =>
                new BucketWatch(bucket, new S3Notifications(objects, system.ObjectTriggers, settings.Region), positions, wake, log, clock).RunAsync(stopping)),
        ]);
    }

    private StreamEndpoint Streams(PipeDefinition pipe) =>
        new(http, settings.DynamoDb, settings.Credentials(AwsSettings.Pipe(pipe.Name)), settings.Region, clock);

    public void Dispose()
    {
        tables.Dispose();
        http.Dispose();
        objects.Dispose();
    }
}
