using System.Buffers.Text;
using System.Text;
using DomainFlow.Hosting.Http;
using Xunit;

namespace DomainFlow.Unit.Tests.Hosting;

/// <summary>A cursor whose position its reader may not know.</summary>
public sealed class SealedCursorTests
{
    [Fact]
    public void A_sealed_cursor_serves_its_list_and_tenant_under_its_key_alone()
    {
        var (secret, other) = (Enumerable.Repeat((byte)1, 32).ToArray(), Enumerable.Repeat((byte)2, 32).ToArray());
        var cursor = SealedCursor.Write("4711,row", secret, "GET /reports", "tenant-a", null);
        Assert.Equal("4711,row", SealedCursor.Read(cursor, secret, "GET /reports", "tenant-a", null));
        Assert.Equal(cursor, SealedCursor.Write("4711,row", secret, "GET /reports", "tenant-a", null));
        Assert.Null(SealedCursor.Read(null, secret, "GET /reports"));
        Assert.Throws<ProblemException>(() => SealedCursor.Read(cursor, secret, "GET /reports", "tenant-b", null));
        Assert.Throws<ProblemException>(() => SealedCursor.Read(cursor, secret, "GET /reports", "tenant-a", "filter"));
        Assert.Throws<ProblemException>(() => SealedCursor.Read(cursor, other, "GET /reports", "tenant-a", null));
        var unsealed = PageCursor.Write("4711,00000000-0000-0000-0000-000000000001", "GET /reports", "tenant-a", null);
        Assert.Throws<ProblemException>(() => SealedCursor.Read(unsealed, secret, "GET /reports", "tenant-a", null));
        foreach (var none in new[] { "", "AAAA", "not a cursor!", new string('A', 36), new string('A', 3000) })
            Assert.Throws<ProblemException>(() => SealedCursor.Read(none, secret, "GET /reports", "tenant-a", null));
    }

    [Fact]
    public void A_sealed_cursor_with_any_other_character_is_refused()
    {
        // Of each length, as the last character of some carries bits that mean nothing.
        foreach (var position in new[] { "4711,row", "4711,row1", "4711,row12" })
        {
            var secret = new byte[32];
            var cursor = SealedCursor.Write(position, secret, "list");
            for (var i = 0; i < cursor.Length; i++)
            {
                foreach (var other in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_= ".Where(c => c != cursor[i]))
                    Assert.Throws<ProblemException>(() => SealedCursor.Read($"{cursor[..i]}{other}{cursor[(i + 1)..]}", secret, "list"));
            }

            foreach (var longer in new[] { cursor + "=", cursor + "==", cursor + " ", cursor + "A", cursor[..^1] })
                Assert.Throws<ProblemException>(() => SealedCursor.Read(longer, secret, "list"));
        }
    }

    [Fact]
    public void Two_sealed_positions_show_nothing_of_each_other()
    {
        var secret = new byte[32];
        static byte[] Bytes(string cursor) => Base64Url.DecodeFromChars(cursor);
        var cursors = Enumerable.Range(100_000, 200).Select(number => Bytes(SealedCursor.Write($"{number},row", secret, "list"))).ToList();
        Assert.All(cursors, cursor => Assert.DoesNotContain("row", Encoding.Latin1.GetString(cursor), StringComparison.Ordinal));

        // Each place holds about as many values as chance gives, in particular the leading digits, which all share.
        for (var i = 0; i < cursors[0].Length; i++)
            Assert.InRange(cursors.Select(cursor => cursor[i]).Distinct().Count(), 100, 180);
    }
}
