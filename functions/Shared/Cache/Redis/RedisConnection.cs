using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace DomainFlow.Cache.Redis;

/// <summary>
/// One connection for all callers: commands go out in turn, answers come back in the same order. An answer that nobody waits for any
/// more is dropped in its turn. Once broken it stays broken.
/// </summary>
internal sealed class RedisConnection : IDisposable
{
    private readonly Stream _stream;
    private readonly Socket _socket;
#pragma warning disable CA2213 // Whoever still waits for it must not meet it disposed; it holds nothing of the system's.
    private readonly SemaphoreSlim _writer = new(1, 1);
#pragma warning restore CA2213
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource<RespReply>> _waiting = [];
    private Exception? _broken;

    private RedisConnection(Socket socket, Stream stream) => (_socket, _stream) = (socket, stream);

    public bool IsBroken
    {
        get
        {
            lock (_gate) return _broken is not null;
        }
    }

    /// <summary>Connects, proves the certificate and the password, chooses the database.</summary>
    /// <param name="login">Null: what the settings say.</param>
    /// <exception cref="RedisLoginRefusedException">The password is not, or no longer, the user's.</exception>
    public static async Task<RedisConnection> OpenAsync(RedisSettings settings, RedisLogin? login, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(settings.Host, settings.Port, cancellationToken);
            Stream stream = new NetworkStream(socket, ownsSocket: true);
            if (settings.Tls)
                stream = await SecureAsync(stream, settings, cancellationToken);
            var connection = new RedisConnection(socket, stream);
            _ = connection.ReadAllAsync();
            if (login is not null)
                await connection.GreetAsync(["AUTH", login.User, login.Password], cancellationToken);
            else if (settings.Password is { } password)
                await connection.GreetAsync(settings.User is { } user ? ["AUTH", user, password] : ["AUTH", password], cancellationToken);
            if (settings.Database > 0)
                await connection.GreetAsync(["SELECT", settings.Database.ToString(CultureInfo.InvariantCulture)], cancellationToken);
            return connection;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <exception cref="NotSentException">The connection was broken before: the server saw nothing.</exception>
    /// <exception cref="IOException">The connection broke, before or after the server did what was asked.</exception>
    public async Task<RespReply> CallAsync(IReadOnlyList<ReadOnlyMemory<byte>> command, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<RespReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _writer.WaitAsync(cancellationToken);
        await WriteAsync(Encode(command), answer).WaitAsync(cancellationToken);
        return await answer.Task.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        Break(new ObjectDisposedException(nameof(RedisConnection)));
        _stream.Dispose();
    }

    /// <summary>Whole, also where the caller goes meanwhile: half a command would break all that follow. Ends the caller's turn.</summary>
    private async Task WriteAsync(byte[] command, TaskCompletionSource<RespReply> answer)
    {
        try
        {
            lock (_gate)
            {
                if (_broken is not null)
                    throw new NotSentException(_broken);
                _waiting.Enqueue(answer);
            }

            await _stream.WriteAsync(command, CancellationToken.None);
        }
        catch (Exception failed)
        {
            Break(failed);
            throw;
        }
        finally
        {
            _writer.Release();
        }
    }

    private static async Task<Stream> SecureAsync(Stream stream, RedisSettings settings, CancellationToken cancellationToken)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = settings.Host };
        if (settings.CaFile is { } file)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(file);
        }

        var secured = new SslStream(stream);
        await secured.AuthenticateAsClientAsync(options, cancellationToken);
        return secured;
    }

    private async Task GreetAsync(string[] command, CancellationToken cancellationToken)
    {
        if (await CallAsync([.. command.Select(part => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(part))], cancellationToken) is RespReply.Error refused)
            throw command[0] == "AUTH" ? new RedisLoginRefusedException(refused.Message) : new IOException($"Redis refused {command[0]}: {refused.Message}");
    }

    private static byte[] Encode(IReadOnlyList<ReadOnlyMemory<byte>> command)
    {
        var buffer = new MemoryStream();
        buffer.Write(Encoding.ASCII.GetBytes($"*{command.Count}\r\n"));
        foreach (var part in command)
        {
            buffer.Write(Encoding.ASCII.GetBytes($"${part.Length}\r\n"));
            buffer.Write(part.Span);
            buffer.Write("\r\n"u8);
        }

        return buffer.ToArray();
    }

    private async Task ReadAllAsync()
    {
        try
        {
            var buffered = new BufferedStream(_stream, 16 * 1024);
            while (true)
            {
                var reply = await RespReply.ReadAsync(buffered, CancellationToken.None);
                TaskCompletionSource<RespReply>? first;
                lock (_gate)
                {
                    if (!_waiting.TryDequeue(out first))
                        throw new InvalidDataException("The server answers what nobody asked.");
                }

                first.TrySetResult(reply);
            }
        }
        catch (Exception e)
        {
            Break(e);
        }
    }

    private void Break(Exception reason)
    {
        TaskCompletionSource<RespReply>[] waiting;
        lock (_gate)
        {
            _broken ??= reason;
            waiting = [.. _waiting];
            _waiting.Clear();
        }

        _socket.Dispose();
        foreach (var one in waiting)
            one.TrySetException(new IOException("The connection to Redis broke.", reason));
    }
}
