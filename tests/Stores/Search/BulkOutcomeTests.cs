using System.Text.Json.Nodes;
using DomainFlow.Chaos.Tests.Support;
using DomainFlow.Domain.Search;
using DomainFlow.Embedded.Tests.Contracts;
using DomainFlow.Search;
using DomainFlow.Search.Writing;

namespace DomainFlow.Stores.Tests.Search;

/// <summary>A service that answers each document of a bulk request differently: what is sent again, and what is a dead letter.</summary>
public sealed class BulkOutcomeTests
{
    private const string Index = SearchIndexes.Incidents;
    private static readonly SearchDocument Some = Corpus.Document(Guid.NewGuid(), 1, "words");

    [Fact]
    public async Task Of_any_mix_of_answers_exactly_the_busy_ones_are_sent_again_and_the_refused_ones_are_dead_letters()
    {
        var (batches, documents, requests, again, dead) = (ProofSize.Of(100, 1000), 0, 0, 0, 0);
        for (var seed = 1; seed <= batches; seed++)
        {
            var service = new MixedService(new Random(seed));
            using var fake = new FakeOpenSearch(service.Answer);
            using var index = new OpenSearchIndex(FakeOpenSearch.Options(fake, new InstantClock(), seed) with { BulkDocuments = 40, Patience = TimeSpan.FromHours(1) });
            var batch = Enumerable.Range(0, new Random(seed).Next(1, 100)).Select(_ => Some with { Id = Guid.NewGuid() }).ToList();

            var outcomes = await index.UpsertManyAsync(Index, batch, default);

            Assert.Equal(batch.Select(d => d.Id), outcomes.Select(o => o.Id));
            foreach (var outcome in outcomes)
            {
                var (tries, last) = service.Of(outcome.Id);
                Assert.Equal(service.Planned(outcome.Id), tries);
                Assert.Equal(last, outcome switch { WriteOutcome.Stored => 201, WriteOutcome.Superseded => 409, WriteOutcome.Refused => 400, _ => 0 });
                if (outcome is WriteOutcome.Refused refused) Assert.Contains($"bad field of {outcome.Id}", refused.Reason, StringComparison.Ordinal);
            }

            documents += batch.Count;
            requests += service.Requests;
            again += outcomes.Sum(o => service.Of(o.Id).Tries - 1);
            dead += outcomes.OfType<WriteOutcome.Refused>().Count();
        }

        await Found.SayAsync($"{batches} batches of {documents} documents in {requests} requests: {again} sent again, {dead} dead letters, all as answered");
        Assert.True(again > 0 && dead > 0);
    }

    [Fact]
    public async Task A_service_that_stays_busy_is_left_alone_after_a_while_and_its_documents_are_not_lost()
    {
        var clock = new InstantClock();
        var start = clock.GetUtcNow();
        using var fake = new FakeOpenSearch(request => new(200, Bulk(request, _ => 429)));
        using var index = new OpenSearchIndex(FakeOpenSearch.Options(fake, clock));
        Assert.IsType<WriteOutcome.Unavailable>(Assert.Single(await index.UpsertManyAsync(Index, [Some], default)));
        Assert.InRange(clock.GetUtcNow() - start, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15));
        Assert.All(clock.Waits, wait => Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromSeconds(5)));
        Assert.True(clock.Waits.Distinct().Count() > 3);
        await Assert.ThrowsAsync<SearchUnavailableException>(() => index.UpsertAsync(Some, default));
        await Assert.ThrowsAsync<SearchUnavailableException>(() => index.DeleteAsync(Index, Some.Tenant, Some.Id, 1, default));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_request_that_fails_as_a_whole_is_sent_again_whole(int status)
    {
        var tries = 0;
        using var fake = new FakeOpenSearch(request => ++tries < 4 ? new(status, "busy") : new(200, Bulk(request, _ => 201)));
        using var index = new OpenSearchIndex(FakeOpenSearch.Options(fake, new InstantClock()));
        Assert.All(await index.UpsertManyAsync(Index, [Some, Some with { Id = Guid.NewGuid() }], default), outcome => Assert.IsType<WriteOutcome.Stored>(outcome));
        Assert.All(fake.Requests.Skip(1), request => Assert.Equal(2, request.Actions.Count));
        Assert.Equal(4, tries);
    }

    [Fact]
    public async Task A_request_that_is_forbidden_says_so_and_is_not_sent_again()
    {
        using var fake = new FakeOpenSearch(_ => new(403, """{"Message":"User is not authorized"}"""));
        using var index = new OpenSearchIndex(FakeOpenSearch.Options(fake, new InstantClock()));
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => index.UpsertAsync(Some, default));
        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
        Assert.Single(fake.Requests, request => request.Method == "POST");
    }

    [Fact]
    public async Task An_answer_that_is_cut_off_is_asked_for_again()
    {
        var tries = 0;
        using var fake = new FakeOpenSearch(request => ++tries == 1 ? new(200, """{"items":[{"index":{"sta""") : new(200, Bulk(request, _ => 409)));
        using var index = new OpenSearchIndex(FakeOpenSearch.Options(fake, new InstantClock()));
        Assert.IsType<WriteOutcome.Superseded>(Assert.Single(await index.UpsertManyAsync(Index, [Some], default)));
        Assert.Equal(2, tries);
    }

    [Fact]
    public async Task A_cancelled_caller_waits_no_longer()
    {
        using var stop = new CancellationTokenSource();
        using var fake = new FakeOpenSearch(_ =>
        {
            stop.Cancel();
            return new(503, "");
        });
        using var index = new OpenSearchIndex(FakeOpenSearch.Options(fake, TimeProvider.System));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => index.UpsertAsync(Some, stop.Token));
        Assert.Single(fake.Requests, request => request.Method == "POST");
    }

    [Fact]
    public async Task Requests_are_cut_by_count_and_by_bytes()
    {
        using var fake = new FakeOpenSearch(request => new(200, Bulk(request, _ => 201)));
        using var index = new OpenSearchIndex(FakeOpenSearch.Options(fake, new InstantClock()) with { BulkBytes = 100_000, BulkDocuments = 4 });
        var batch = Enumerable.Range(0, 30).Select(n => Some with { Id = Guid.NewGuid(), Text = new string('x', n % 10 * 10_000) }).ToList();
        Assert.All(await index.UpsertManyAsync(Index, batch, default), outcome => Assert.IsType<WriteOutcome.Stored>(outcome));
        var sent = fake.Requests.Where(request => request.Method == "POST").ToList();
        Assert.All(sent, request => Assert.True(request.Body.Length <= 100_000 || request.Actions.Count == 1));
        Assert.All(sent, request => Assert.InRange(request.Actions.Count, 1, 4));
        Assert.Equal(batch.Select(d => $"{d.Tenant}:{d.Id}"), sent.SelectMany(request => request.Actions).Select(action => (string?)action["_id"]));
    }

    [Fact]
    public async Task A_document_that_cannot_be_stored_is_refused_without_the_others()
    {
        using var fake = new FakeOpenSearch(request => new(200, Bulk(request, _ => 201)));
        using var index = new OpenSearchIndex(FakeOpenSearch.Options(fake, new InstantClock()));
        var outcomes = await index.UpsertManyAsync(
            Index, [Some, Some with { Embedding = new float[SearchIndexes.Dimensions] }, Some with { Index = "other" }, Some with { Version = 2 }], default);
        Assert.Collection(
            outcomes,
            one => Assert.IsType<WriteOutcome.Stored>(one),
            zero => Assert.Contains("not zero", Assert.IsType<WriteOutcome.Refused>(zero).Reason, StringComparison.Ordinal),
            other => Assert.Contains("other", Assert.IsType<WriteOutcome.Refused>(other).Reason, StringComparison.Ordinal),
            last => Assert.IsType<WriteOutcome.Stored>(last));
    }

    private static string Bulk(FakeRequest request, Func<string, int> status) =>
        $$"""{"took":1,"errors":true,"items":[{{string.Join(',', request.Actions.Select(action => MixedService.Item((string)action["_id"]!, status((string)action["_id"]!))))}}]}""";

    /// <summary>Makes up, for each document, how often it is turned away before its last answer; now and then fails a request as a whole.</summary>
    private sealed class MixedService(Random random)
    {
        private static readonly int[] Last = [201, 201, 201, 400, 409];
        private static readonly int[] Busy = [429, 503];
        private readonly Dictionary<string, (int Left, int Planned, int Last, int Tries)> plans = [];

        public int Requests { get; private set; }

        public (int Tries, int Last) Of(Guid id) => (Plan(id).Tries, Plan(id).Last);

        public int Planned(Guid id) => Plan(id).Planned;

        public FakeAnswer Answer(FakeRequest request)
        {
            Requests++;
            var isWholeFailure = random.Next(8) == 0;
            foreach (var id in request.Actions.Select(action => (string)action["_id"]!))
            {
                if (!plans.TryGetValue(id, out var plan))
                {
                    var turnedAway = Math.Max(0, random.Next(6) - 2);
                    plan = (turnedAway, turnedAway + 1, Last[random.Next(Last.Length)], 0);
                }

                plans[id] = isWholeFailure ? plan with { Planned = plan.Planned + 1, Tries = plan.Tries + 1 } : plan with { Left = plan.Left - 1, Tries = plan.Tries + 1 };
            }

            return isWholeFailure
                ? new(Busy[random.Next(2)], "busy")
                : new(200, Bulk(request, id => plans[id].Left >= 0 ? Busy[random.Next(2)] : plans[id].Last));
        }

        public static string Item(string id, int status)
        {
            var item = new JsonObject { ["_id"] = id, ["status"] = status };
            if (status >= 300) item["error"] = new JsonObject { ["type"] = "some_exception", ["reason"] = $"bad field of {id.Split(':')[1]}" };
            return new JsonObject { ["index"] = item }.ToJsonString();
        }

        private (int Left, int Planned, int Last, int Tries) Plan(Guid id) => plans.Single(plan => plan.Key.EndsWith(id.ToString(), StringComparison.Ordinal)).Value;
    }
}
