using Amazon.DynamoDBv2;
using Amazon.Runtime;
using DomainFlow.AwsEndpoints;
using DomainFlow.Local.Console;
using DomainFlow.Topology;
using Npgsql;

namespace DomainFlow.Local.Aws;

/// <summary>Brings a table's stream into its queue, as a pipe of EventBridge does.</summary>
internal sealed class StreamPipe(
    PipeDefinition pipe, IAmazonDynamoDB tables, StreamEndpoint streams, Positions positions, Action<string> wake, HostLog log, TimeProvider clock)
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private readonly string name = "stream:" + pipe.Table;

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await ReadAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is AmazonServiceException or AmazonClientException or StreamException or NpgsqlException or HttpRequestException or OperationCanceledException)
            {
                // From the position that was stored last it begins again.
                log.Write("queues", LogLevel.Error, $"{pipe.Name}: {e.Message}");
                await Task.Delay(AfterFailure, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ReadAsync(CancellationToken stopping)
    {
        var stream = await DynamoStream.OpenAsync(tables, streams, SystemMap.Table(pipe.Table), pipe.Table, clock, stopping);
        var from = await positions.FindAsync(name, stopping) is { } stored ? StreamCheckpoint.Parse(stored) : null;
        await foreach (var batch in stream.ReadAsync(from, stopping))
        {
            await positions.AdvanceAsync(name, batch.Checkpoint.ToJson(), [.. batch.Changes.Select(change => (pipe.Queue, change.ToMessage()))], stopping);
            wake(pipe.Queue);
        }
    }
}
