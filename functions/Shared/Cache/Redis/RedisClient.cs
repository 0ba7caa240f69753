using System.Text;

namespace DomainFlow.Cache.Redis;

/// <summary>
/// Commands within a time limit each, over a connection that is made when it is needed. Behind the limit nothing waits: a server that
/// hangs is not asked for a while.
/// </summary>
/// <param name="tell">Is told, in a sentence, that the server is left alone, and that it answers again.</param>
internal sealed class RedisClient(RedisSettings settings, TimeSpan limit, TimeProvider time, Action<string>? tell = null) : IDisposable
{
    /// <summary>Reading a secret may take longer than anybody waits for Redis: who comes later uses it.</summary>
    private static readonly TimeSpan LoginLimit = TimeSpan.FromSeconds(5);

    private static readonly string[] WrongServer = ["READONLY", "LOADING", "MASTERDOWN"];

    /// <summary>Whoever opens a connection waits for it, else a function that is frozen right after its answer would never get one.</summary>
    private readonly TimeSpan _connectLimit = TimeSpan.FromMilliseconds(Math.Max(500, limit.TotalMilliseconds));

    private readonly CircuitBreaker _breaker = new(time);
    private readonly Lock _gate = new();
    private Task<RedisConnection>? _connection;
    private RedisLogin? _login;

    /// <param name="command">May be done twice: where a connection breaks it is sent once more.</param>
    /// <exception cref="RedisException">The server refused, or did not answer in time, or is not asked for now.</exception>
    public Task<RespReply> CallAsync(CancellationToken cancellationToken, params ReadOnlyMemory<byte>[] command) =>
        CallAsync(command, mayRepeat: true, cancellationToken);

    /// <param name="command">Must not be done twice: where its answer is lost, it fails.</param>
    /// <exception cref="RedisException">The server refused, or did not answer, though it may have done it, or is not asked for now.</exception>
    public Task<RespReply> CallOnceAsync(CancellationToken cancellationToken, params ReadOnlyMemory<byte>[] command) =>
        CallAsync(command, mayRepeat: false, cancellationToken);

    public static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public void Dispose() => Drop(CurrentConnection());

    private async Task<RespReply> CallAsync(ReadOnlyMemory<byte>[] command, bool mayRepeat, CancellationToken cancellationToken)
    {
        if (!_breaker.Allows())
            throw new RedisException("Redis did not answer before; it is left alone for a while.");
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ended.CancelAfter(limit);
        try
        {
            var reply = await SendAsync(command, mayRepeat, ended);
            if (reply is RespReply.Error error)
                throw Refused(error);
            if (_breaker.Succeeded())
                tell?.Invoke($"Redis at {settings} answers again.");
            return reply;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Failed(e);
            throw e as RedisException ?? new RedisException($"Redis at {settings} cannot be used: {e.Message}", e);
        }
    }

    private async Task<RespReply> SendAsync(ReadOnlyMemory<byte>[] command, bool mayRepeat, CancellationTokenSource ended)
    {
        var connection = await ConnectedAsync(ended);
        try
        {
            return await connection.CallAsync(command, ended.Token);
        }
        catch (Exception e) when (e is IOException or InvalidDataException && (mayRepeat || e is NotSentException) && !ended.IsCancellationRequested)
        {
            // It was closed while nobody used it, most likely: a new one tells.
            Drop(connection);
            return await (await ConnectedAsync(ended)).CallAsync(command, ended.Token);
        }
    }

    /// <summary>The connection; the time that opening it took is not the command's.</summary>
    private async Task<RedisConnection> ConnectedAsync(CancellationTokenSource ended)
    {
        var (connecting, isOpener) = Connection();
        if (!isOpener)
            return await connecting.WaitAsync(ended.Token);
        ended.CancelAfter(_connectLimit + limit);
        var connection = await connecting.WaitAsync(ended.Token);
        ended.CancelAfter(limit);
        return connection;
    }

    private (Task<RedisConnection> Connecting, bool IsOpener) Connection()
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
            return (_connection!, !isUsable);
        }
    }

    private Task<RedisConnection>? CurrentConnection()
    {
        lock (_gate) return _connection;
    }

    private void Failed(Exception reason)
    {
        var (isOpen, isFirst) = _breaker.Failed();
        if (isOpen && CurrentConnection() is { IsCompleted: true } made) // one that is still being opened may yet serve
            Drop(made);
        if (isFirst)
            tell?.Invoke($"Redis at {settings} is left alone for a while: {(reason is OperationCanceledException ? "it did not answer in time" : reason.Message)}");
    }

    /// <summary>What became a replica, or is not up yet, is the wrong server: the next connection finds the right one.</summary>
    private RedisException Refused(RespReply.Error error)
    {
        if (WrongServer.Any(word => error.Message.StartsWith(word, StringComparison.Ordinal)))
            Drop(CurrentConnection());
        return new RedisException($"Redis refused: {error.Message}");
    }

    private async Task<RedisConnection> OpenAsync()
    {
        if (settings.Login is not { } ask)
            return await OpenAsync(null);
        try
        {
            return await OpenAsync(_login ?? await AskAsync(ask));
        }
        catch (RedisLoginRefusedException)
        {
            return await OpenAsync(await AskAsync(ask));
        }
    }

    private async Task<RedisConnection> OpenAsync(RedisLogin? login)
    {
        using var tooLate = new CancellationTokenSource(_connectLimit);
        return await RedisConnection.OpenAsync(settings, login, tooLate.Token);
    }

    private async Task<RedisLogin> AskAsync(Func<CancellationToken, Task<RedisLogin>> ask)
    {
        using var tooLate = new CancellationTokenSource(LoginLimit);
        return _login = await ask(tooLate.Token);
    }

    private void Drop(RedisConnection broken)
    {
        if (CurrentConnection() is { IsCompletedSuccessfully: true } made && made.GetAwaiter().GetResult() == broken)
            Drop(made);
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
