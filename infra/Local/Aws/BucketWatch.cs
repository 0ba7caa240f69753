using Amazon.Runtime;
using DomainFlow.AwsEndpoints;
using DomainFlow.Local.Console;
using DomainFlow.Local.Queues;
using Npgsql;

namespace DomainFlow.Local.Aws;

/// <summary>Tells functions of a bucket's new objects, for a server without notifications.</summary>
internal sealed class BucketWatch(string bucket, S3Notifications notifications, Positions positions, Action<string> wake, HostLog log, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly string name = "bucket:" + bucket;

    public async Task RunAsync(CancellationToken stopping)
    {
        using var ticks = new PeriodicTimer(Interval, clock);
        try
        {
            do await TellAsync(stopping);
            while (await ticks.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task TellAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (var batch in notifications.ReadAsync(bucket, bucket, await positions.FindAsync(name, stopping), stopping))
            {
                var messages = batch.Notifications.Select(told => (Queue: AsyncInvocations.QueueOf(told.Function), told.Payload)).ToList();
                await positions.AdvanceAsync(name, batch.Checkpoint, messages, stopping);
                foreach (var queue in messages.Select(message => message.Queue).Distinct()) wake(queue);
            }
        }
        catch (Exception e) when (!stopping.IsCancellationRequested
            && e is AmazonServiceException or AmazonClientException or NpgsqlException or HttpRequestException or OperationCanceledException)
        {
            log.Write("objects", LogLevel.Error, $"{bucket}: {e.Message}");
        }
    }
}
