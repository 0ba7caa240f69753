using DomainFlow.Chaos.Tests.Support;
using DomainFlow.EndToEnd.Tests.Running;
using DomainFlow.Ingest.Photos;
using DomainFlow.Ingest.Photos.Renditions;
using DomainFlow.Integration.Tests.Infrastructure;
using DomainFlow.Playbooks;
using DomainFlow.Playbooks.Offline;
using DomainFlow.Playbooks.Running;
using DomainFlow.Postgres;
using FsCheck;
using FsCheck.Fluent;

namespace DomainFlow.Chaos.Tests.Fuzz;

/// <summary>What reads texts and photos ends in a bounded time, whatever they hold.</summary>
public sealed class ExtractorFuzzTests(OwnedDatabase database) : IClassFixture<OwnedDatabase>
{
    private const int LongestText = 10_000;
    private const int Size = 60;

    /// <summary>Of processor time: far above what a text takes, far below what a careless expression would.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(1);

    [SkippableFact]
    public async Task A_report_of_any_text_is_read_in_bounded_time()
    {
        database.Needed();
        var tenant = await database.MakeTenantAsync();
        var reader = new ConfigurationReader(await database.LaidAsync());
        var setup = (await reader.FindSetupAsync(tenant, RunningSystem.Domain, CancellationToken.None))!;
        var playbook = new IngestionPlaybook(new OfflineChatClient(), TimeProvider.System);
        var longest = TimeSpan.Zero;
        var texts = Gen.Frequency((2, Hostile.Text(LongestText)), (1, Hostile.Repeated(LongestText)));
        foreach (var text in texts.Sample(ProofSize.Of(small: 100, full: 10_000), new Rnd(3), Size))
        {
            var shortened = text.Length > LongestText ? text[..LongestText] : text;
            var report = new ReportText(shortened, TimeProvider.System.GetUtcNow());
            var taken = await BestOfThreeAsync(async () =>
            {
                var run = await playbook.RunAsync(setup.Configuration, setup.Agents, report, CancellationToken.None);
                OfflineEmbeddingGenerator.Embed(shortened);
                Assert.True(run.Outcome is RunOutcome.Completed || run.Log.All(entry => entry.Reason is not null), shortened);
            });
            longest = taken > longest ? taken : longest;
            Assert.True(taken < Bound, $"{taken} for {shortened.Length} characters: {shortened[..Math.Min(60, shortened.Length)]}");
        }

        await Found.SayAsync($"a text at most {longest.TotalMilliseconds:0} ms");
    }

    [Fact]
    public async Task A_photo_of_any_bytes_is_shown_or_refused()
    {
        var photos = Directory.GetFiles(Path.Combine(RunningSystem.Root, "samples", RunningSystem.Domain, "photos")).Order().Select(File.ReadAllBytes).ToArray();
        var mutated =
            from photo in Gen.Elements(photos)
            from cut in Gen.Choose(1, photo.Length)
            from places in Gen.Choose(0, Math.Min(photo.Length, 4000) - 1).ListOf(12)
            from bytes in Gen.Choose(0, 255).ListOf(12)
            from whole in Gen.Elements(true, false)
            select Mutated(photo, whole ? photo.Length : cut, places.Zip(bytes));
        foreach (var photo in mutated.Sample(ProofSize.Of(small: 2_000, full: 50_000), new Rnd(5), Size))
        {
            var taken = await BestOfThreeAsync(() =>
            {
                if (PhotoFormat.Of(photo) is { } type) Rendition.Of(type, photo);
                return Task.CompletedTask;
            });
            Assert.True(taken < Bound, $"a photo took {taken}");
        }
    }

    /// <summary>Processor time of this process: others that run beside it may spoil one try, not three.</summary>
    private static async Task<TimeSpan> BestOfThreeAsync(Func<Task> work)
    {
        var best = TimeSpan.MaxValue;
        for (var attempt = 0; attempt < 3 && best > Bound / 2; attempt++)
        {
            var before = Environment.CpuUsage.TotalTime;
            await work();
            var taken = Environment.CpuUsage.TotalTime - before;
            if (taken < best) best = taken;
        }

        return best;
    }

    private static byte[] Mutated(byte[] photo, int length, IEnumerable<(int Place, int Value)> changes)
    {
        var mutated = photo[..length];
        foreach (var (place, value) in changes.Where(change => change.Place < length)) mutated[place] = (byte)value;
        return mutated;
    }
}
