using DomainFlow.Local.Client.Api;
using DomainFlow.Local.Client.Ask;
using DomainFlow.Local.Client.Tenants;
using DomainFlow.Local.Client.Upkeep;

namespace DomainFlow.Local.Client.Demo;

/// <summary>The demo from an empty tenant to the map.</summary>
internal sealed class DemoStory(ClientRun run, string url, string stateFolder, Samples samples, Findings findings)
{
    private const double QuestionsFloor = 0.8;
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AnswerBound = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);

    private readonly DemoTenant tenant = DemoTenant.Fresh();

    /// <param name="folder">Where the map is written.</param>
    public async Task PlayAsync(string folder, CancellationToken cancellationToken)
    {
        var api = run.Api(url, stateFolder, tenant);
        await TitleAsync($"A tenant for {samples.City.Name}");
        await CreateAsync(tenant, cancellationToken);

        await TitleAsync("Reports, with their photos");
        var sent = await SendAsync(api, cancellationToken);
        var states = await FollowAsync(api, sent, cancellationToken);
        await new ReportChecks(api, tenant.DomainId, findings).CheckAsync(sent, states, cancellationToken);

        await TitleAsync("What was read out of them");
        await ScoreAsync([.. sent.Select(s => (s, states[s.Incident]))]);

        await TitleAsync("Questions");
        var query = await AskAllAsync(api, sent.ToDictionary(s => s.Sample.Id, s => s.Incident), cancellationToken);

        await TitleAsync("The map");
        var map = new DemoMap(samples, sent, findings);
        await run.Out.WriteLineAsync(await map.WriteAsync(api, tenant.DomainId, [.. states.Values], folder, cancellationToken));

        await TitleAsync("What people do with them");
        await WorkAsync(api, sent, cancellationToken);

        await TitleAsync("What must not go through");
        var refusals = new Refusals(run, api, tenant.DomainId, findings);
        await refusals.BadUploadsAsync(cancellationToken);
        var other = DemoTenant.Fresh();
        await CreateAsync(other, cancellationToken);
        var before = findings.Wrong.Count;
        await refusals.OtherTenantAsync(run.Api(url, stateFolder, other), sent, query, map.Bounds, cancellationToken);
        if (findings.Wrong.Count == before) await run.Out.WriteLineAsync($"  another tenant: 404 for each of {sent.Count} reports and the answer, empty list, map and search");

        await TitleAsync("The stores");
        await CompareAsync(cancellationToken);
    }

    private async Task WorkAsync(ApiClient api, IReadOnlyList<SentSample> sent, CancellationToken cancellationToken)
    {
        var desk = new DeskWork(run, api, findings);
        await desk.LookAtPhotosAsync(sent, cancellationToken);
        await desk.CorrectAsync(sent[0], samples.CategoryNames().Keys.Last(), cancellationToken);
        await desk.DeleteAsync(sent.First(s => s.Photos.Count > 0), cancellationToken);
        await new Conversation(run, api, tenant.DomainId, findings)
            .HoldAsync([.. samples.Questions().Take(2).Select(question => question.Question)], cancellationToken);
    }

    /// <summary>What is on its way is waited for: then all stores hold the same.</summary>
    private async Task CompareAsync(CancellationToken cancellationToken)
    {
        var stores = new StoreComparison(new FunctionInvoker(run.Operator(url, stateFolder)), tenant.TenantId, graceSeconds: 0);
        var started = run.Clock.GetTimestamp();
        var found = await stores.RunAsync(fix: false, cancellationToken);
        while (found.Differences + found.Pending > 0 && run.Clock.GetElapsedTime(started) < Stall)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), run.Clock, cancellationToken);
            found = await stores.RunAsync(fix: false, cancellationToken);
        }

        if (findings.Expect(found.Differences + found.Pending == 0, $"the stores differ: {string.Join(", ", found.ByKind.Select(kind => $"{kind.Value} {kind.Key}"))}, {found.Pending} pending"))
            await run.Out.WriteLineAsync($"  agree: {string.Join(", ", found.LookedAt.Select(store => $"{store.Value} {store.Key}"))}");
    }

    private Task CreateAsync(DemoTenant fresh, CancellationToken cancellationToken) =>
        fresh.CreateAsync(new FunctionInvoker(run.Operator(url, stateFolder)), samples.City.Name, samples, cancellationToken);

    private async Task<IReadOnlyList<SentSample>> SendAsync(ApiClient api, CancellationToken cancellationToken)
    {
        var reports = samples.Reports();
        var sender = new SampleSender(api, tenant.DomainId, samples, findings);
        var progress = run.Progress("  sent", reports.Count, LineInterval);
        var sent = await sender.SendAsync(reports, () => progress.Advance(), cancellationToken);
        progress.End();
        await run.Out.WriteLineAsync($"  {sender.Repeats} of them once more under the same key; {sent.Sum(s => s.Photos.Count)} photos");
        return sent;
    }

    private async Task<IReadOnlyDictionary<Guid, ReportState>> FollowAsync(ApiClient api, IReadOnlyList<SentSample> sent, CancellationToken cancellationToken)
    {
        var states = new Dictionary<Guid, ReportState>();
        var progress = run.Progress("  finished", sent.Count, LineInterval);
        await new SettledReports(api, run.Clock).WaitAsync(
            sent.Select(s => s.Incident).Distinct(),
            Stall,
            state => state.IsSettled && state.Images.All(i => i.Status != "announced"),
            state =>
            {
                states[state.IncidentId] = state;
                progress.Advance();
            },
            cancellationToken);
        progress.End();
        return states;
    }

    private async Task ScoreAsync(IReadOnlyList<(SentSample Sent, ReportState State)> reports)
    {
        await run.Out.WriteLineAsync($"  {"",-24}{"right",9}{"share",8}{"floor",8}  missed");
        foreach (var score in ReadingScore.Of(reports))
        {
            await run.Out.WriteLineAsync(
                $"  {score.What,-24}{$"{score.Right}/{score.Of}",9}{Percent(score.Share),8}{Percent(score.Floor),8}  {string.Join(' ', score.Missed)}");
            findings.Expect(score.Holds, $"{score.What}: {score.Right} of {score.Of} are right, under the floor of {Percent(score.Floor)}");
        }
    }

    /// <returns>One of the queries.</returns>
    private async Task<Guid> AskAllAsync(ApiClient api, IReadOnlyDictionary<string, Guid> ids, CancellationToken cancellationToken)
    {
        var questions = samples.Questions();
        var check = new QuestionCheck(api, findings);
        var (held, query) = (0, Guid.Empty);
        foreach (var question in questions)
        {
            var answer = await api.AskAsync(tenant.DomainId, question.Question, 25, AnswerBound, cancellationToken);
            var faults = QuestionCheck.Faults(question, answer, ids);
            await check.ReferencesExistAsync(question, answer, cancellationToken);
            held += faults.Count == 0 ? 1 : 0;
            query = answer.QueryId;
            await run.Out.WriteLineAsync($"  {question.Question}");
            await AnswerText.WriteAsync(run.Out, answer, "    ");
            await run.Out.WriteLineAsync(faults.Count == 0 ? "    holds" : $"    DOES NOT HOLD: {string.Join("; ", faults)}");
            await run.Out.WriteLineAsync();
            findings.Expect(!question.Insufficient || faults.Count == 0, $"'{question.Question}': {string.Join("; ", faults)}");
        }

        await run.Out.WriteLineAsync($"  {held} of {questions.Count} answers hold (floor {Percent(QuestionsFloor)})");
        findings.Expect(held >= QuestionsFloor * questions.Count, $"questions: {held} of {questions.Count} answers hold, under the floor of {Percent(QuestionsFloor)}");
        return query;
    }

    private async Task TitleAsync(string title)
    {
        await run.Out.WriteLineAsync();
        await run.Out.WriteLineAsync(title);
    }

    private static string Percent(double share) => $"{share * 100:0} %";
}
