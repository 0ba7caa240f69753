using System.Net;
using System.Net.Sockets;
using System.Text;
using DomainFlow.Cache;
using DomainFlow.Cache.Redis;
using DomainFlow.Domain.Caching;

namespace DomainFlow.Stores.Tests.Cache;

/// <summary>A server that answers what Redis never would, or hangs up before it answers.</summary>
public sealed class RedisReplyTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public static TheoryData<string, string> Hostile => new()
    {
        { "deep", string.Concat(Enumerable.Repeat("*1\r\n", 200_000)) },
        { "wide", string.Concat(Enumerable.Repeat("*65536\r\n", 3)) },
        { "long", "*9223372036854775807\r\n" },
        { "negative", "*-2\r\n" },
        { "large", "*2\r\n$40000000\r\n" + new string('x', 40_000_000) + "\r\n$40000000\r\n" },
        { "no number", "*x\r\n" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task An_answer_out_of_bounds_is_refused(string kind, string answer)
    {
        using var stream = new MemoryStream(Encoding.ASCII.GetBytes(answer));
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => RespReply.ReadAsync(new BufferedStream(stream, 16 * 1024), default));
        Assert.True(refused.Message.StartsWith("The server answers", StringComparison.Ordinal), kind);
    }

    [Fact]
    public async Task A_list_of_lists_is_read()
    {
        using var stream = new MemoryStream("*2\r\n*1\r\n:7\r\n$-1\r\n"u8.ToArray());
        var reply = Assert.IsType<RespReply.Items>(await RespReply.ReadAsync(new BufferedStream(stream), default));
        Assert.Equal(7, Assert.IsType<RespReply.Number>(Assert.IsType<RespReply.Items>(reply.Replies[0]).Replies.Single()).Value);
    }

    /// <summary>The server may have counted: counted once more, the caller would be limited for what it did not do.</summary>
    [Fact]
    public async Task A_count_whose_answer_is_lost_is_not_sent_again()
    {
        using var server = new HangingUp();
        using var cache = new RedisCache(server.Settings, Limit, TimeProvider.System);
        Assert.False((await cache.IncrementAsync(CacheKey.Rate(Guid.NewGuid()), default)).IsShared);
        Assert.Null(await cache.GetAsync(CacheKey.Dma(Guid.NewGuid(), "1"), default));
        Assert.Equal(["EVAL", "GET", "GET"], server.Commands);
    }

    /// <summary>Reads one command of each connection and closes it.</summary>
    private sealed class HangingUp : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly List<string> commands = [];

        public HangingUp()
        {
            listener.Start();
            _ = ServeAsync();
        }

        public RedisSettings Settings => RedisSettings.Parse($"redis://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

        public IReadOnlyList<string> Commands
        {
            get
            {
                lock (commands) return [.. commands];
            }
        }

        public void Dispose() => listener.Dispose();

        private async Task ServeAsync()
        {
            var buffer = new byte[64 * 1024];
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                var read = await client.GetStream().ReadAsync(buffer);
                lock (commands) commands.Add(Encoding.ASCII.GetString(buffer, 0, read).Split("\r\n")[2]);
            }
        }
    }
}
