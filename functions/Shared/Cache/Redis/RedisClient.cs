using System.Text;

namespace DomainFlow.Cache.Redis;

/// <summary>
/// Commands within a time limit each, over a connection that is made when it is needed. Behind the limit nothing waits: a server that
/// hangs is not asked for a while.
/// </summary>
internal sealed class RedisClient(RedisSettings settings, TimeSpan limit, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(1);

    private readonly CircuitBreaker _breaker = new(time);
    private readonly Lock _gate = new();
    private Task<RedisConnection>? _connection;

    /// <param name="command">May be done twice: where a connection breaks it is sent once more.</param>
    /// <exception cref="RedisException">The server refused, or did not answer in time, or is not asked for now.</exception>
    public async Task<RespReply> CallAsync(CancellationToken cancellationToken, params ReadOnlyMemory<byte>[] command)
    {
        if (!_breaker.Allows())
            throw new RedisException("Redis did not answer before; it is left alone for a while.");
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ended.CancelAfter(limit);
        try
        {
            var reply = await SendAsync(command, ended.Token);
            _breaker.Succeeded();
            return reply is RespReply.Error error ? throw new RedisException($"Redis refused: {error.Message}") : reply;
        }
        catch (Exception e) when (e is not RedisException && !cancellationToken.IsCancellationRequested)
        {
            if (_breaker.Failed())
                Drop(CurrentConnection());
            throw new RedisException($"Redis at {settings} did not answer within {limit.TotalMilliseconds} ms: {e.Message}", e);
        }
    }

    public static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public void Dispose() => Drop(CurrentConnection());

    private async Task<RespReply> SendAsync(ReadOnlyMemory<byte>[] command, CancellationToken ended)
    {
        var connecting = Connection();
        var connection = await connecting.WaitAsync(ended);
        try
        {
            return await connection.CallAsync(command, ended);
        }
        catch (Exception e) when (e is IOException or InvalidDataException && !ended.IsCancellationRequested)
        {
            // It was closed while nobody used it, most likely: a new one tells.
            Drop(connecting);
            return await (await Connection().WaitAsync(ended)).CallAsync(command, ended);
        }
    }

    private Task<RedisConnection> Connection()
    {
        lock (_gate)
        {
            var isUsable = _connection switch
            {
                null => false,
                { IsCompleted: false } => true,
                { IsCompletedSuccessfully: true } made => !made.GetAwaiter().GetResult().IsBroken,
                _ => false,
            };
            if (!isUsable)
                _connection = OpenAsync();
            return _connection!;
        }
    }

    private Task<RedisConnection>? CurrentConnection()
    {
        lock (_gate) return _connection;
    }

    private async Task<RedisConnection> OpenAsync()
    {
        using var tooLate = new CancellationTokenSource(ConnectLimit);
        return await RedisConnection.OpenAsync(settings, tooLate.Token);
    }

    private void Drop(Task<RedisConnection>? connecting)
    {
        lock (_gate)
        {
            if (_connection == connecting)
                _connection = null;
        }

        _ = connecting?.ContinueWith(
            made => made.GetAwaiter().GetResult().Dispose(),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion,
            TaskScheduler.Default);
    }
}
