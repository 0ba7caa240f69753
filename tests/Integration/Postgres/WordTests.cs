using DomainFlow.Integration.Tests.Infrastructure;
using DomainFlow.Postgres;
using Npgsql;

namespace DomainFlow.Integration.Tests.Postgres;

/// <summary>The filter text, in the language of each domain.</summary>
public sealed class WordTests : IAsyncLifetime
{
    private static readonly Guid Tenant = SeededDatabase.First;
    private static readonly Dictionary<string, string> Languages = new() { ["civic"] = "en", ["stadt"] = "de", ["ville"] = "fr" };

    private readonly SeededDatabase _database = new();
    private NpgsqlDataSource _source = null!;

    public async Task InitializeAsync()
    {
        await _database.InitializeAsync();
        if (_database.Settings is not null) _source = await _database.LaidAsync();
    }

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableFact]
    public async Task Words_are_stemmed_in_the_language_of_their_domain()
    {
        _database.Needed();
        var english = await StoreAsync("civic", "The bridges are flooded");
        var german = await StoreAsync("stadt", "Drei tiefe Schlaglöcher auf der Brücke");
        var french = await StoreAsync("ville", "Les arbres tombés bloquent la rue");

        Assert.Equal([german], await FindAsync("stadt", "Schlagloch Brücken"));
        Assert.Equal([german], await FindAsync(null, "Schlagloch"));
        Assert.Equal([french], await FindAsync(null, "\"arbre tombé\""));
        Assert.Equal([english], await FindAsync(null, "flooding bridge"));
        Assert.Equal([english], await FindAsync("civic", "flooding bridge"));
        Assert.Empty(await FindAsync("civic", "Schlagloch"));
        // Stop words are a language's own: "die" is one in German, and a word in English.
        Assert.Empty(await FindAsync("civic", "die bridge"));
        Assert.Equal([german], await FindAsync("stadt", "die Brücke"));
    }

    [SkippableFact]
    public async Task A_row_from_before_there_were_languages_is_found_by_its_English_stems()
    {
        _database.Needed();
        var old = await StoreAsync("stadt", "Wasserrohr gebrochen");
        await _database.ExecuteAsync(await _database.OwnerSourceAsync(), "UPDATE incidents SET text_words = NULL");
        Assert.Equal([old], await FindAsync("stadt", "Wasserrohr"));
        Assert.Equal([old], await FindAsync(null, "Wasserrohr"));
    }

    [SkippableFact]
    public async Task A_word_left_out_is_left_out_in_every_language()
    {
        _database.Needed();
        await StoreAsync("stadt", "Schlaglöcher und Pfützen");
        var dry = await StoreAsync("stadt", "Schlagloch, trocken");
        Assert.Equal([dry], await FindAsync(null, "Schlagloch -Pfütze"));
    }

    public static TheoryData<string> Operators => new(
        Times("-", 500), Times("- ", 250), Times("-!", 250), Times("-(", 250), Times("-\"", 250), Times("\"-", 250), Times("-\"\"", 160), Times("\"", 499),
        Times("-a", 250), Times("-a ", 160), Times("or ", 166), Times("-or ", 125), Times("!", 500), Times("(", 500), Times("a & ", 125), Times("<->", 166),
        Times(":*", 250), Times("a:* | !", 70), Times("\\", 500), Times("'", 500), "bridge " + Times("-", 400) + " flood", Times("\"a -b\" or -", 45), "\"unbalanced",
        Times("-\u00aa", 250), Times("-\ud83d\ude00", 160), Times("-\u0301", 250));

    [SkippableTheory]
    [MemberData(nameof(Operators))]
    public async Task Text_of_operators_alone_finds_nothing_or_something_but_fails_never(string words)
    {
        _database.Needed();
        await FindAsync("civic", words);
        await FindAsync(null, words);
    }

    [SkippableFact]
    public async Task A_random_mixture_of_operators_and_words_fails_never()
    {
        _database.Needed();
        string[] parts = ["-", "\"", " ", "or", "a", "bridge", "!", "(", ")", "&", "|", "<", ">", ":", "*", "\\", "'", "-\"", " -", "1.5", "co-op", "\u00fc", "\ud83c\udf09"];
        var random = new Random(25);
        for (var i = 0; i < 500; i++)
            await FindAsync(null, string.Concat(Enumerable.Range(0, random.Next(1, 120)).Select(_ => parts[random.Next(parts.Length)])));
    }

    [SkippableFact]
    public async Task Hyphens_that_negate_nothing_change_nothing()
    {
        _database.Needed();
        var bridge = await StoreAsync("civic", "The co-op bridge is flooded");
        Assert.Equal([bridge], await FindAsync("civic", "bridge --- flooded"));
        Assert.Equal([bridge], await FindAsync("civic", "co-op"));
        Assert.Empty(await FindAsync("civic", "bridge -\"is flooded\""));
    }

    private static string Times(string part, int count) => string.Concat(Enumerable.Repeat(part, count));

    private Task<IReadOnlyList<Guid>> FindAsync(string? domain, string words) =>
        new IncidentReader(_source).IdsAsync(new(Tenant, DomainId: domain, Text: words, Languages: Languages), 10, CancellationToken.None);

    private async Task<Guid> StoreAsync(string domain, string text)
    {
        var incident = IncidentProjectionTests.Incident(Tenant) with { DomainId = domain, RawText = text, Language = Languages[domain] };
        Assert.IsType<ProjectionResult.Written>(await new IncidentProjection(_source).ProjectAsync(incident, CancellationToken.None));
        return incident.Id;
    }
}
