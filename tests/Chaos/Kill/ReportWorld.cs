using System.Text.Json.Nodes;
using DomainFlow.Chaos.Tests.Support;
using DomainFlow.Domain.Reports;
using DomainFlow.EndToEnd.Tests.Running;
using Npgsql;

namespace DomainFlow.Chaos.Tests.Kill;

/// <summary>A tenant's reports, what people do to them, and the changes that follow; remembers what each run of the playbook said.</summary>
internal sealed class ReportWorld(OwnedDatabase database, WorldStores stores, Guid tenant) : IAsyncDisposable
{
    private readonly ReportBook _reports = new(stores.Tables);
    private readonly Dictionary<(Guid Incident, int Run), JsonObject> _outputs = [];
    private readonly Stack<SynthesisProcess> _idle = [];
    private readonly Guid _user = Guid.NewGuid();

    public Guid Tenant => tenant;

    public ChangingModel Model { get; } = new();

    public static async Task<ReportWorld> MakeAsync(OwnedDatabase database)
    {
        var tenant = await database.MakeTenantAsync();
        return new(database, await WorldStores.MakeAsync(database), tenant);
    }

    /// <summary>A process that waits for work, or a new one.</summary>
    public SynthesisProcess TakeProcess() => _idle.TryPop(out var warm) ? warm : new(database.FunctionsConnection, stores, Model);

    /// <summary>Gives a process back: it is kept warm unless it was killed.</summary>
    public async Task ReturnAsync(SynthesisProcess process, Ending ending)
    {
        if (ending == Ending.Killed) await process.BuryAsync(database.Superuser);
        else _idle.Push(process);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _idle) await process.DisposeAsync();
        await stores.DisposeAsync();
    }

    public async Task<Guid> ReportAsync(bool announcesPhoto)
    {
        var now = TimeProvider.System.GetUtcNow();
        var incident = Guid.CreateVersion7();
        var report = new Report
        {
            IncidentId = incident,
            TenantId = tenant,
            DomainId = RunningSystem.Domain,
            RawText = "A deep pothole on Tinsmith Street near the market since yesterday evening, two cars are damaged.",
            Source = "web",
            Status = ReportStatus.Received,
            ReportedAt = now,
            CreatedAt = now,
            UpdatedAt = now,
            CreatedBy = _user,
            Images = announcesPhoto ? [Photo(incident, now)] : [],
        };
        await _reports.AddAsync(report, null, CancellationToken.None);
        return incident;
    }

    public async Task<Report> FindAsync(Guid incident) => (await _reports.FindAsync(incident, tenant, CancellationToken.None))!;

    /// <returns>False where somebody else's write came in between, or stands in the way.</returns>
    public Task<bool> DeleteAsync(Guid incident) => ChangeAsync(incident, report => report.Deleted(TimeProvider.System.GetUtcNow()));

    public Task ReprocessAsync(Guid incident) => ChangeAsync(incident, report => report.Reprocessed(TimeProvider.System.GetUtcNow()));

    public Task CorrectAsync(Guid incident, string phrase) => ChangeAsync(incident, report =>
    {
        var now = TimeProvider.System.GetUtcNow();
        var correction = new Correction("geo.address", phrase, Correction.Read(report.IngestionData, "geo.address"), _user, now);
        return report.Changed(now) with { Corrections = [.. report.Corrections.Where(c => c.Path != correction.Path), correction] };
    });

    /// <summary>The announced photo was judged.</summary>
    public Task NotePhotoAsync(Guid incident) => ChangeAsync(incident, report =>
    {
        var now = TimeProvider.System.GetUtcNow();
        return report.Changed(now) with
        {
            Images = [.. report.Images.Select(i => i with { Status = ReportImage.Stored, FileSizeBytes = 100, UploadedAt = now, ExifLocation = new(41.3, -72.9) })],
        };
    });

    /// <summary>Which reports changed since the last call.</summary>
    public Task<IReadOnlyList<Guid>> TakeChangesAsync() => stores.TakeChangesAsync();

    /// <summary>Sees that what a run said stays what it said.</summary>
    public async Task ObserveAsync(Guid incident)
    {
        var report = await FindAsync(incident);
        if (report.Status is ReportStatus.Received or ReportStatus.Deleted) return;
        var said = report.IngestionData ?? [];
        if (!_outputs.TryAdd((incident, report.Run), said))
            Assert.True(JsonNode.DeepEquals(_outputs[(incident, report.Run)], said), $"{incident} said {_outputs[(incident, report.Run)].ToJsonString()} and now {said.ToJsonString()}");
    }

    public async Task<IReadOnlyList<string>> DifferencesAsync()
    {
        await stores.ShowAsync();
        return await StoreComparison.DifferencesAsync(database.Superuser, tenant);
    }

    private async Task<bool> ChangeAsync(Guid incident, Func<Report, Report> change)
    {
        var report = await FindAsync(incident);
        try
        {
            return report.Status == ReportStatus.Deleted || await _reports.SaveAsync(change(report), report.Version, CancellationToken.None);
        }
        catch (PostgresException locked) when (locked.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            // A process that stands still holds it: who asks is told to come again.
            return false;
        }
    }

    private ReportImage Photo(Guid incident, DateTimeOffset now) => new(
        Guid.CreateVersion7(), 1, "photo.jpg", "image/jpeg", 100, "evidence",
        ReportImage.KeyOf(tenant, RunningSystem.Domain, incident, 1, "image/jpeg"), now.AddHours(1));
}
