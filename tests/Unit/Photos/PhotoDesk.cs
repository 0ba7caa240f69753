using Amazon.Lambda.S3Events;
using Amazon.Lambda.TestUtilities;
using DomainFlow.Domain.Objects;
using DomainFlow.Domain.Reports;
using DomainFlow.Embedded;
using DomainFlow.Hosting;
using DomainFlow.Ingest.UseCases;
using Xunit;

namespace DomainFlow.Unit.Tests.Photos;

/// <summary>A report with one announced photo, the object store of one machine in a folder, and the judge between them.</summary>
internal sealed class PhotoDesk : IDisposable
{
    public const string Bucket = "evidence";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("photos-");
    private readonly Guid tenant = Guid.NewGuid();

    public PhotoDesk()
    {
        var keys = Path.Combine(folder.FullName, "key");
        File.WriteAllText(keys, "AKIDLOCAL\na-secret-of-the-test\n");
        Store = new EmbeddedObjects(Path.Combine(folder.FullName, "objects"), new("http://127.0.0.1:1/_objects"), keys, TimeProvider.System);
        Watched = new(Store);
        Reports = new(Tables);
        Judge = new(Reports, Watched, TimeProvider.System);
    }

    public EmbeddedObjects Store { get; }

    public WatchedObjects Watched { get; }

    public MemoryTables Tables { get; } = new();

    public ReportBook Reports { get; }

    public JudgePhoto Judge { get; }

    public static byte[] Good { get; } = TestPhotos.Jpeg();

    public static byte[] Bad { get; } = [0x50, 0x4B, 3, 4, .. new byte[50]];

    /// <returns>The key of the report's photo.</returns>
    public async Task<string> AnnounceAsync(string status = ReportStatus.Received)
    {
        var now = TimeProvider.System.GetUtcNow();
        var id = Guid.NewGuid();
        var key = ReportImage.KeyOf(tenant, "civic-complaints", id, 1, "image/jpeg");
        var report = new Report
        {
            IncidentId = id,
            TenantId = tenant,
            DomainId = "civic-complaints",
            RawText = "Broken",
            Source = "test",
            Status = status,
            ReportedAt = now,
            CreatedAt = now,
            UpdatedAt = now,
            CreatedBy = Guid.NewGuid(),
            Images = [new(Guid.NewGuid(), 1, "a.jpg", "image/jpeg", 10, Bucket, key, now.AddMinutes(30))],
        };
        await Reports.AddAsync(report, null, default);
        return key;
    }

    public async Task<Report> ReportAsync(string key) => (await Reports.FindAsync(ReportImage.OwnerOf(key)!.Value.Incident, tenant, default))!;

    public async Task<ReportImage> ImageAsync(string key) => Assert.Single((await ReportAsync(key)).Images);

    public async Task DeleteReportAsync(string key)
    {
        var report = await ReportAsync(key);
        Assert.True(await Reports.SaveAsync(report.Deleted(TimeProvider.System.GetUtcNow()), report.Version, default));
    }

    /// <summary>Puts a file and gives the event that the store would send.</summary>
    public async Task<S3Event.S3EventNotificationRecord> UploadAsync(string key, byte[] file)
    {
        await Store.PutAsync(Bucket, key, "image/jpeg", file, default);
        var version = (await ListAsync(key)).Single().Version;
        return new()
        {
            S3 = new()
            {
                Bucket = new() { Name = Bucket },
                Object = new() { Key = key, VersionId = version, Sequencer = version + "0000", Size = file.Length },
            },
        };
    }

    public async Task TellAsync(S3Event.S3EventNotificationRecord uploaded)
    {
        using var invocation = new Invocation(new TestLambdaContext { RemainingTime = TimeSpan.FromMinutes(1) });
        await Judge.HandleAsync(uploaded, invocation);
    }

    public async Task<List<StoredObject>> ListAsync(string prefix)
    {
        var found = new List<StoredObject>();
        await foreach (var item in Store.ListAsync(Bucket, prefix, null, default)) found.Add(item);
        return found;
    }

    public Task<List<StoredObject>> RenditionsAsync(string key) => ListAsync(ReportImage.RenditionsOf(key));

    public void Dispose() => folder.Delete(recursive: true);
}
