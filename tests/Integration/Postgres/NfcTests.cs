using System.Text;
using DomainFlow.Domain.Unicode;
using DomainFlow.Integration.Tests.Infrastructure;
using Npgsql;

namespace DomainFlow.Integration.Tests.Postgres;

/// <summary>The composition table against PostgreSQL's own implementation of the standard.</summary>
public sealed class NfcTests : IAsyncLifetime
{
    private readonly SeededDatabase _database = new();
    private NpgsqlDataSource _source = null!;

    public async Task InitializeAsync()
    {
        await _database.InitializeAsync();
        if (_database.Settings is not null) _source = await _database.LaidAsync();
    }

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableFact]
    public async Task Every_code_point_is_composed_as_PostgreSQL_composes_it()
    {
        _database.Needed();
        await using var command = _source.CreateCommand("""
            SELECT chr(n), normalize(chr(n), NFC), normalize(chr(n), NFD) FROM generate_series(1, 1114111) n WHERE n NOT BETWEEN 55296 AND 57343
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var (wrong, read) = (new List<string>(), 0);
        while (await reader.ReadAsync())
        {
            var (code, composed, decomposed) = (reader.GetString(0), reader.GetString(1), reader.GetString(2));
            if (Nfc.Of(code) != composed || Nfc.Of(decomposed) != composed) wrong.Add($"{Rune.GetRuneAt(code, 0).Value:X}");
            read++;
        }

        Assert.Equal(1_112_063, read);
        Assert.Empty(wrong);
    }

    [SkippableFact]
    public async Task Sequences_are_reordered_and_composed_as_PostgreSQL_does()
    {
        _database.Needed();
        var random = new Random(7);
        int[] ranges = [0x41, 0x7A, 0x300, 0x36F, 0xC0, 0x24F, 0x370, 0x52F, 0x591, 0x6FF, 0x900, 0xDFF, 0xE31, 0xEDF, 0xF00, 0x109F, 0x1100, 0x11FF, 0x1DC0, 0x1FFF, 0x3041, 0x30FF, 0xAC00, 0xD7A3];
        string[] texts = [.. Enumerable.Range(0, 20_000).Select(_ => string.Concat(Enumerable.Range(0, random.Next(2, 8)).Select(_ => Code())))];
        await using var command = _source.CreateCommand("SELECT normalize(t, NFC) FROM unnest($1) WITH ORDINALITY AS x (t, n) ORDER BY n");
        command.Parameters.AddWithValue(texts);
        await using var reader = await command.ExecuteReaderAsync();
        foreach (var text in texts)
        {
            await reader.ReadAsync();
            Assert.Equal(Escaped(reader.GetString(0)), Escaped(Nfc.Of(text)));
        }

        string Code()
        {
            var range = random.Next(ranges.Length / 2) * 2;
            return ((char)random.Next(ranges[range], ranges[range + 1] + 1)).ToString();
        }
    }

    [Theory]
    [InlineData("caf\u00E9", "caf\u00E9")]
    [InlineData("Mu\u0308nster", "M\u00FCnster")]
    [InlineData("e\u0323\u0302 e\u0302\u0323", "\u1EC7 \u1EC7")]
    [InlineData("\u1112\u1161\u11AB\u1100\u1173\u11AF", "한글")]
    [InlineData("\u212B\u2126\u0958", "\u00C5\u03A9\u0915\u093C")]
    [InlineData("\uD834\uDD5E", "\uD834\uDD57\uD834\uDD65")]
    public void Known_sequences_are_composed(string text, string composed) => Assert.Equal(Escaped(composed), Escaped(Nfc.Of(text)));

    [Fact]
    public void Composed_text_is_the_same_string()
    {
        foreach (var text in new[] { "plain", "B\u00E4ckerei", "한글 水管", "می\u200Cخواهم" }) Assert.Same(text, Nfc.Of(text));
    }

    private static string Escaped(string text) => string.Join(' ', text.Select(unit => $"{(int)unit:X4}"));
}
