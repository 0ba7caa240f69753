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

    private Task<IReadOnlyList<Guid>> FindAsync(string? domain, string words) =>
        new IncidentReader(_source).IdsAsync(new(Tenant, DomainId: domain, Text: words, Languages: Languages), 10, CancellationToken.None);

    private async Task<Guid> StoreAsync(string domain, string text)
    {
        var incident = IncidentProjectionTests.Incident(Tenant) with { DomainId = domain, RawText = text, Language = Languages[domain] };
        Assert.IsType<ProjectionResult.Written>(await new IncidentProjection(_source).ProjectAsync(incident, CancellationToken.None));
        return incident.Id;
    }
}
