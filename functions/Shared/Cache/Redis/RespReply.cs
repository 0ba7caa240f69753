using System.Buffers.Text;
using System.Text;

namespace DomainFlow.Cache.Redis;

/// <summary>An answer of Redis in its protocol, RESP2.</summary>
internal abstract record RespReply
{
    /// <summary>Bounds of one whole answer. Of what is asked, the deepest answer is a list of values.</summary>
    private const int MaxBytes = 64 * 1024 * 1024;
    private const int MaxItems = 64 * 1024;
    private const int MaxDepth = 4;

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
    public static Task<RespReply> ReadAsync(BufferedStream stream, CancellationToken cancellationToken) =>
        ReadAsync(stream, new Room { Bytes = MaxBytes, Items = MaxItems }, MaxDepth, cancellationToken);

    private static async Task<RespReply> ReadAsync(BufferedStream stream, Room room, int depth, CancellationToken cancellationToken)
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
                return new Bulk(await BytesAsync(stream, Integer(line), room, cancellationToken));
            case '*' when depth > 0 && Integer(line) is >= 0 and var count && count <= room.Items:
                room.Items -= (int)count;
                var items = new RespReply[count];
                for (var i = 0; i < count; i++)
                    items[i] = await ReadAsync(stream, room, depth - 1, cancellationToken);
                return new Items(items);
            case '*':
                throw new InvalidDataException("The server answers with a list that is too long or too deep.");
            default:
                throw new InvalidDataException("The server does not answer in Redis' protocol.");
        }
    }

    private static long Integer(byte[] line) =>
        Utf8Parser.TryParse(line.AsSpan(1), out long value, out var read) && read == line.Length - 1
            ? value
            : throw new InvalidDataException("The server answers with a number that is none.");

    private static async Task<byte[]?> BytesAsync(BufferedStream stream, long length, Room room, CancellationToken cancellationToken)
    {
        if (length == -1)
            return null;
        if (length < 0 || length > room.Bytes)
            throw new InvalidDataException($"The server answers with a value of {length} bytes.");
        room.Bytes -= length;
        var bytes = new byte[length + 2];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes[..^2];
    }

    /// <summary>What one answer may still take.</summary>
    private sealed class Room
    {
        public long Bytes { get; set; }

        public int Items { get; set; }
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
