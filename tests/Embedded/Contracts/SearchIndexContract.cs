using DomainFlow.Domain.Search;
using static DomainFlow.Embedded.Tests.Contracts.Corpus;

namespace DomainFlow.Embedded.Tests.Contracts;

/// <summary>What every search index does: tenants, filters, versions, order.</summary>
public abstract class SearchIndexContract
{
    private readonly Guid tenant = Guid.NewGuid();

    protected abstract ISearchIndex Index { get; }

    [SkippableFact]
    public async Task The_nearest_vectors_under_any_filter_are_those_of_a_slow_search()
    {
        var index = Index;
        var documents = await FillAsync(index, 120);
        var random = new Random(5);
        for (var round = 0; round < 40; round++)
        {
            var request = ByVector(tenant, 1000 + round, random.Next(1, 20)) with
            {
                DomainId = random.Next(2) == 0 ? null : $"domain-{random.Next(4)}",
                From = random.Next(2) == 0 ? null : Start.AddHours(random.Next(60)),
                To = random.Next(2) == 0 ? null : Start.AddHours(random.Next(60, 120)),
                Ids = random.Next(3) > 0 ? null : [.. documents.Where(_ => random.Next(2) == 0).Select(d => d.Id)],
            };
            var expected = Nearest(documents, request);
            var found = await index.SearchAsync(request, default);
            Assert.Equal(expected.Select(hit => hit.Id), found.Select(hit => hit.Id));
            Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First.Score, pair.Second.Score, 1e-5));
            Assert.All(found, hit => Assert.Equal(hit.Score, hit.VectorScore));
        }
    }

    [SkippableFact]
    public async Task A_write_is_seen_at_once_by_an_instance_that_has_searched_before()
    {
        var (writer, reader) = (Index, Index);
        var document = Document(tenant, 1);
        Assert.Empty(await reader.SearchAsync(ByVector(tenant, 1), default));
        await writer.UpsertAsync(document, default);
        Assert.Equal(1, Assert.Single(await reader.SearchAsync(ByVector(tenant, 1), default)).Score, 1e-5);
        await writer.UpsertAsync(document with { Embedding = Vector(2), Version = 2 }, default);
        Assert.Equal(1, Assert.Single(await reader.SearchAsync(ByVector(tenant, 2), default)).Score, 1e-5);
        await writer.DeleteAsync(document.Index, tenant, document.Id, 3, default);
        Assert.Empty(await reader.SearchAsync(ByVector(tenant, 2), default));
    }

    [SkippableFact]
    public async Task Parallel_writers_each_see_what_they_wrote()
    {
        var index = Index;
        var other = Index;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                var document = Document(tenant, (writer * 10) + i);
                await index.UpsertAsync(document, default);
                var request = ByVector(tenant, 0, 1) with { Vector = document.Embedding };
                Assert.Equal(document.Id, Assert.Single(await other.SearchAsync(request, default)).Id);
            }
        })));
        Assert.Equal(80, (await other.SearchAsync(ByVector(tenant, 0, 100), default)).Count);
    }

    [SkippableFact]
    public async Task An_older_version_never_replaces_a_newer_one()
    {
        var index = Index;
        var document = Document(tenant, 1, "newer words", version: 5);
        await index.UpsertAsync(document, default);
        foreach (var version in new[] { 4, 5 })
            await index.UpsertAsync(document with { Text = "older words", Version = version }, default);
        await index.DeleteAsync(document.Index, tenant, document.Id, 4, default);
        Assert.Equal("newer words", Assert.Single(await index.SearchAsync(ByVector(tenant, 1), default)).Text);
    }

    [SkippableFact]
    public async Task What_was_deleted_stays_away_from_late_upserts()
    {
        var index = Index;
        var document = Document(tenant, 1, "leaking pipe", version: 3);
        await index.UpsertAsync(document, default);
        await index.DeleteAsync(document.Index, tenant, document.Id, 3, default);
        foreach (var version in new[] { 2, 3 })
            await index.UpsertAsync(document with { Version = version }, default);
        Assert.Empty(await index.SearchAsync(ByVector(tenant, 1), default));
        Assert.Empty(await index.SearchAsync(ByText(tenant, "leaking"), default));
        await index.UpsertAsync(document with { Version = 4 }, default);
        Assert.Single(await index.SearchAsync(ByText(tenant, "leaking"), default));
    }

    [SkippableFact]
    public async Task A_delete_that_comes_first_keeps_its_document_out()
    {
        var index = Index;
        var document = Document(tenant, 1, version: 2);
        await index.DeleteAsync(document.Index, tenant, document.Id, 2, default);
        await index.UpsertAsync(document, default);
        Assert.Empty(await index.SearchAsync(ByVector(tenant, 1), default));
    }

    [SkippableFact]
    public async Task A_question_finds_what_shares_only_some_of_its_words()
    {
        var index = Index;
        var best = Document(tenant, 1, "Water is leaking from a broken hydrant on Elm Street since Monday");
        var some = Document(tenant, 2, "Street light out: the street, the whole street, the dark street");
        var none = Document(tenant, 3, "Graffiti on the library wall");
        foreach (var document in new[] { none, some, best })
            await index.UpsertAsync(document, default);
        var hits = await index.SearchAsync(ByText(tenant, "Which hydrants leaked on Elm Street last week?"), default);
        Assert.Equal([best.Id, some.Id], hits.Select(hit => hit.Id));
        Assert.All(hits, hit => Assert.InRange(hit.Score, 0.0001, 1));
        Assert.All(hits, hit => Assert.Null(hit.VectorScore));
        Assert.Equal(best.Text, hits[0].Text);
        Assert.Equal(best.CreatedAt, hits[0].CreatedAt);
        Assert.Empty(await index.SearchAsync(ByText(tenant, "the of and"), default));
        Assert.Empty(await index.SearchAsync(ByText(tenant, "'; & | ! <-> :* \\ ("), default));
    }

    [SkippableFact]
    public async Task A_rare_word_says_more_than_two_common_ones()
    {
        var index = Index;
        for (var i = 0; i < 30; i++)
            await index.UpsertAsync(Document(tenant, i, "pothole in the street near a house"), default);
        var rare = Document(tenant, 31, "sinkhole by the harbor since Monday");
        await index.UpsertAsync(rare, default);
        Assert.Equal(rare.Id, (await index.SearchAsync(ByText(tenant, "street house sinkhole"), default))[0].Id);
    }

    /// <summary>Words that occur nowhere, or in other documents, take no place from the one that counts.</summary>
    [SkippableTheory]
    [InlineData(30, 30, "unseen")]
    [InlineData(30, 30, "known")]
    [InlineData(250, 130, "unseen")]
    [InlineData(250, 200, "known")]
    public async Task A_long_question_finds_what_shares_one_of_its_words(int words, int place, string others)
    {
        var index = Index;
        var hydrant = Document(tenant, 1, "hydrant");
        await index.UpsertAsync(hydrant, default);
        for (var i = 0; others == "known" && i < 250; i += 10)
            await index.UpsertAsync(Document(tenant, 2 + i, Asked(i, 10)), default);
        var question = string.Join(' ', Asked(0, place - 1), "hydrant", Asked(place, words - place));
        var found = await index.SearchAsync(ByText(tenant, question, 100), default);
        Assert.Contains(hydrant.Id, found.Select(hit => hit.Id));
        Assert.Equal(others == "known" ? 1 + (int)Math.Ceiling(Math.Min(words, 200) / 10.0) : 1, found.Count);
    }

    [SkippableFact]
    public async Task A_question_is_read_up_to_its_two_hundredth_word_and_repetitions_do_not_count()
    {
        var index = Index;
        await index.UpsertAsync(Document(tenant, 1, "hydrant"), default);
        Assert.Empty(await index.SearchAsync(ByText(tenant, $"{Asked(0, 200)} hydrant"), default));
        Assert.Single(await index.SearchAsync(ByText(tenant, $"{Asked(0, 150)} {Asked(0, 150).ToUpperInvariant()} hydrant"), default));
    }

    [SkippableFact]
    public async Task Words_are_stemmed_in_the_documents_language()
    {
        var index = Index;
        var document = Document(tenant, 1, "Los baches de la calle son peligrosos", language: "es");
        await index.UpsertAsync(document, default);
        Assert.Single(await index.SearchAsync(ByText(tenant, "bache peligroso") with { Language = "es" }, default));
    }

    [SkippableFact]
    public async Task Text_and_meaning_are_fused_by_rank()
    {
        var index = Index;
        var both = Document(tenant, 1, "burst water main");
        var textOnly = Document(tenant, 2, "burst water main floods burst water main");
        var vectorOnly = Document(tenant, 3, "pothole") with { Embedding = Near(Vector(1), Vector(3)) };
        foreach (var document in new[] { both, textOnly, vectorOnly })
            await index.UpsertAsync(document, default);
        var hits = await index.SearchAsync(ByVector(tenant, 1) with { Text = "burst water main" }, default);
        Assert.Equal(both.Id, hits[0].Id);
        Assert.Equal(3, hits.Count);
        Assert.All(hits, hit => Assert.InRange(hit.Score, 0, 1));
        Assert.Equal(hits.OrderByDescending(hit => hit.Score).Select(hit => hit.Id), hits.Select(hit => hit.Id));
        Assert.All(hits, hit => Assert.NotNull(hit.VectorScore));
        Assert.Null(hits.Single(hit => hit.Id == vectorOnly.Id).TextScore);
        Assert.NotNull(hits.Single(hit => hit.Id == textOnly.Id).TextScore);
    }

    [SkippableFact]
    public async Task Filters_hold_for_text_as_well()
    {
        var index = Index;
        var documents = Enumerable.Range(0, 9).Select(i => Document(tenant, i, "pothole")).ToList();
        foreach (var document in documents)
            await index.UpsertAsync(document, default);
        var request = ByText(tenant, "pothole") with { DomainId = "domain-1", From = Start.AddHours(1), To = Start.AddHours(5) };
        Assert.Equal(Ids(documents[1], documents[4]), (await index.SearchAsync(request, default)).Select(hit => hit.Id));
        Assert.Equal([documents[4].Id], (await index.SearchAsync(request with { Ids = [documents[4].Id, documents[7].Id] }, default)).Select(hit => hit.Id));
        Assert.Empty(await index.SearchAsync(request with { Ids = [] }, default));
        Assert.Equal([documents[1].Id], (await index.SearchAsync(request with { To = documents[4].CreatedAt }, default)).Select(hit => hit.Id));
    }

    [SkippableFact]
    public async Task Equal_scores_are_ordered_by_id()
    {
        var index = Index;
        var same = Enumerable.Range(0, 6).Select(_ => Document(tenant, 1, "same text")).ToArray();
        foreach (var document in same)
            await index.UpsertAsync(document, default);
        foreach (var request in new[] { ByVector(tenant, 9, 4), ByText(tenant, "text", 4), ByVector(tenant, 9, 4) with { Text = "text" } })
            Assert.Equal(Ids(same).Take(4), (await index.SearchAsync(request, default)).Select(hit => hit.Id));
    }

    [SkippableFact]
    public async Task Another_tenants_documents_are_never_found()
    {
        var index = Index;
        var foreign = Document(Guid.NewGuid(), 1, "secret leak");
        await index.UpsertAsync(foreign, default);
        var own = Document(tenant, 2, "own leak");
        await index.UpsertAsync(own, default);
        foreach (var request in new[] { ByVector(tenant, 1), ByText(tenant, "secret leak"), ByVector(tenant, 1) with { Text = "secret leak" } })
        {
            Assert.Equal([own.Id], (await index.SearchAsync(request, default)).Select(hit => hit.Id));
            Assert.Empty(await index.SearchAsync(request with { Ids = [foreign.Id] }, default));
        }

        await index.DeleteAsync(foreign.Index, tenant, foreign.Id, 9, default);
        await index.UpsertAsync(foreign with { Tenant = tenant, Text = "taken over", Version = 9 }, default);
        Assert.Equal("secret leak", Assert.Single(await index.SearchAsync(ByVector(foreign.Tenant, 1), default)).Text);
    }

    [SkippableFact]
    public async Task A_vector_without_direction_or_of_another_length_is_refused()
    {
        var index = Index;
        foreach (var vector in new[] { new float[SearchIndexes.Dimensions], [.. Vector(1).Take(8)], [.. Vector(1).Select(_ => float.NaN)] })
        {
            await Assert.ThrowsAsync<ArgumentException>(() => index.UpsertAsync(Document(tenant, 1) with { Embedding = vector }, default));
            await Assert.ThrowsAsync<ArgumentException>(() => index.SearchAsync(ByVector(tenant, 1) with { Vector = vector }, default));
        }

        await Assert.ThrowsAsync<ArgumentException>(() => index.SearchAsync(ByText(tenant, " "), default));
        await Assert.ThrowsAsync<ArgumentException>(() => index.SearchAsync(ByText(tenant, "word", 0), default));
    }

    private static string Asked(int first, int count) => string.Join(' ', Enumerable.Range(first, count).Select(n => $"zq{n}x"));

    private static IEnumerable<Guid> Ids(params SearchDocument[] documents) => documents.Select(document => document.Id).Order();

    private static float[] Near(float[] one, float[] other) => [.. one.Zip(other, (a, b) => a + (b / 4))];

    private async Task<List<SearchDocument>> FillAsync(ISearchIndex index, int count)
    {
        var documents = Enumerable.Range(0, count).Select(i => Document(i % 5 == 0 ? Guid.NewGuid() : tenant, i)).ToList();
        foreach (var document in documents)
            await index.UpsertAsync(document, default);
        return documents;
    }
}
