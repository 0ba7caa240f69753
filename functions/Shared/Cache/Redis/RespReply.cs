using System.Buffers.Text;
using System.Text;

namespace DomainFlow.Cache.Redis;

/// <summary>An answer of Redis in its protocol, RESP2.</summary>
internal abstract record RespReply
{
    private const int MaxBulkBytes = 64 * 1024 * 1024;
    private const int MaxItems = 1024;

    private RespReply()
    {
    }

    public sealed record Status(string Text) : RespReply;

    public sealed record Error(string Message) : RespReply;

    public sealed record Number(long Value) : RespReply;

    /// <param name="Bytes">Null: there is none.</param>
    public sealed record Bulk(byte[]? Bytes) : RespReply;

    public sealed record Items(IReadOnlyList<RespReply> Replies) : RespReply;

    /// <summary>The next answer of a connection.</summary>
    /// <exception cref="EndOfStreamException">The server closed it.</exception>
    /// <exception cref="InvalidDataException">The other side does not speak RESP2.</exception>
    public static async Task<RespReply> ReadAsync(BufferedStream stream, CancellationToken cancellationToken)
    {
        var line = await LineAsync(stream, cancellationToken);
        switch (line.Length > 0 ? (char)line[0] : ' ')
        {
            case '+':
                return new Status(Encoding.UTF8.GetString(line.AsSpan(1)));
            case '-':
                return new Error(Encoding.UTF8.GetString(line.AsSpan(1)));
            case ':':
                return new Number(Integer(line));
            case '$':
                return new Bulk(await BytesAsync(stream, Integer(line), cancellationToken));
            case '*' when Integer(line) is >= 0 and <= MaxItems and var count:
                var items = new RespReply[count];
                for (var i = 0; i < count; i++)
                    items[i] = await ReadAsync(stream, cancellationToken);
                return new Items(items);
            default:
                throw new InvalidDataException("The server does not answer in Redis' protocol.");
        }
    }

    private static long Integer(byte[] line) =>
        Utf8Parser.TryParse(line.AsSpan(1), out long value, out var read) && read == line.Length - 1
            ? value
            : throw new InvalidDataException("The server answers with a number that is none.");

    private static async Task<byte[]?> BytesAsync(BufferedStream stream, long length, CancellationToken cancellationToken)
    {
        if (length == -1)
            return null;
        if (length is < 0 or > MaxBulkBytes)
            throw new InvalidDataException($"The server answers with a value of {length} bytes.");
        var bytes = new byte[length + 2];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes[..^2];
    }

    /// <summary>Without its line end.</summary>
    private static async Task<byte[]> LineAsync(BufferedStream stream, CancellationToken cancellationToken)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (line.Count < 64 * 1024)
        {
            await stream.ReadExactlyAsync(one, cancellationToken);
            if (one[0] == '\n' && line is [.., (byte)'\r'])
                return [.. line[..^1]];
            line.Add(one[0]);
        }

        throw new InvalidDataException("The server answers with a line without an end.");
    }
}
