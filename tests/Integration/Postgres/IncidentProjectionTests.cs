using DomainFlow.Integration.Tests.Infrastructure;
using DomainFlow.Postgres;

namespace DomainFlow.Integration.Tests.Postgres;

public sealed class IncidentProjectionTests(SeededDatabase database) : IClassFixture<SeededDatabase>
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    [SkippableFact]
    public async Task A_report_is_stored_as_it_was_given()
    {
        var (projection, reader) = await MakeAsync();
        var incident = Incident(SeededDatabase.First) with { Images = [Image("a"), Image("b")] };
        Assert.IsType<ProjectionResult.Written>(await projection.ProjectAsync(incident, CancellationToken.None));

        var row = Assert.Single(await reader.ByIdsAsync(SeededDatabase.First, [incident.Id], CancellationToken.None));
        Assert.Equal((incident.RawText, incident.Longitude, incident.Latitude), (row.RawText, row.Longitude, row.Latitude));
        Assert.Equal((incident.CreatedAt, incident.ReportedAt, incident.UpdatedAt), (row.CreatedAt, row.ReportedAt, row.UpdatedAt));
        Assert.Equal((1L, "completed", "pending", "pothole"), (row.Version, row.Status, row.WorkStatus, row.Category));
        Assert.Equal(incident.Images, row.Images);
    }

    [SkippableFact]
    public async Task An_older_version_never_overwrites_a_later_one()
    {
        var (projection, reader) = await MakeAsync();
        var incident = Incident(SeededDatabase.First);
        var versions = Enumerable.Range(1, 12).Select(v => incident with
        {
            Version = v,
            RawText = $"version {v}",
            UpdatedAt = Noon.AddMinutes(v),
            Images = [Image($"v{v}")],
        }).ToArray();
        new Random(7).Shuffle(versions);
        await Task.WhenAll(versions.Select(v => projection.ProjectAsync(v, CancellationToken.None)));

        var row = Assert.Single(await reader.ByIdsAsync(SeededDatabase.First, [incident.Id], CancellationToken.None));
        Assert.Equal((12L, "version 12", Noon.AddMinutes(12)), (row.Version, row.RawText, row.UpdatedAt));
        Assert.Equal("v12", Assert.Single(row.Images).S3Key);
        Assert.IsType<ProjectionResult.AlreadyThere>(await projection.ProjectAsync(versions.Single(v => v.Version == 12), CancellationToken.None));
    }

    [SkippableFact]
    public async Task A_removed_report_takes_its_images_along_and_leaves_its_neighbours()
    {
        var (projection, reader) = await MakeAsync();
        var (gone, stays) = (Incident(SeededDatabase.First) with { Images = [Image("x")] }, Incident(SeededDatabase.First) with { Images = [Image("y")] });
        await projection.ProjectAsync(gone, CancellationToken.None);
        await projection.ProjectAsync(stays, CancellationToken.None);
        Assert.IsType<ProjectionResult.AlreadyThere>(await projection.RemoveAsync(SeededDatabase.Second, gone.Id, 2, CancellationToken.None));
        Assert.IsType<ProjectionResult.Written>(await projection.RemoveAsync(SeededDatabase.First, gone.Id, 2, CancellationToken.None));
        Assert.IsType<ProjectionResult.AlreadyThere>(await projection.RemoveAsync(SeededDatabase.First, gone.Id, 2, CancellationToken.None));
        Assert.Single(Assert.Single(await reader.ByIdsAsync(SeededDatabase.First, [gone.Id, stays.Id], CancellationToken.None)).Images);
        Assert.Equal(["0"], await database.LinesAsync(await database.OwnerSourceAsync(),
            $"SELECT count(*) FROM image_evidence WHERE incident_id = '{gone.Id}'"));
    }

    [SkippableFact]
    public async Task A_writer_that_comes_after_the_deletion_brings_nothing_back()
    {
        var (projection, reader) = await MakeAsync();
        var incident = Incident(SeededDatabase.First);
        await Task.WhenAll(
            [
                projection.RemoveAsync(SeededDatabase.First, incident.Id, 9, CancellationToken.None),
                .. Enumerable.Range(1, 8).Select(v => projection.ProjectAsync(incident with { Version = v }, CancellationToken.None)),
            ]);
        Assert.IsType<ProjectionResult.AlreadyThere>(await projection.ProjectAsync(incident with { Version = 9 }, CancellationToken.None));
        Assert.Empty(await reader.ByIdsAsync(SeededDatabase.First, [incident.Id], CancellationToken.None));
    }

    [SkippableFact]
    public async Task A_name_or_address_that_somebody_else_had_does_not_hold_a_report_up()
    {
        var (projection, _) = await MakeAsync();
        var old = new ProjectedUser(Guid.NewGuid(), "bea", "bea@example.org", "sub-bea");
        var now = old with { Id = Guid.NewGuid() };
        await projection.ProjectAsync(Incident(SeededDatabase.First) with { CreatedBy = old }, CancellationToken.None);
        foreach (var tenant in new[] { SeededDatabase.First, SeededDatabase.Second })
        {
            var result = await projection.ProjectAsync(Incident(tenant) with { CreatedBy = now }, CancellationToken.None);
            Assert.IsType<ProjectionResult.Written>(result);
        }

        var rows = await database.LinesAsync(await database.OwnerSourceAsync(),
            $"SELECT tenant_id, id, username, email, cognito_sub FROM users WHERE id IN ('{old.Id}', '{now.Id}') ORDER BY tenant_id, username");
        Assert.Equal(
            [
                $"{SeededDatabase.First} | {now.Id} | bea | bea@example.org | sub-bea",
                $"{SeededDatabase.First} | {old.Id} | bea~{old.Id} |  | ",
                $"{SeededDatabase.Second} | {now.Id} | bea | bea@example.org | ",
            ],
            rows);
    }

    [SkippableFact]
    public async Task Twenty_first_reports_of_one_new_person_are_all_stored()
    {
        var (projection, _) = await MakeAsync();
        var user = new ProjectedUser(Guid.NewGuid(), "carl", "carl@example.org", "sub-carl");
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            projection.ProjectAsync(Incident(SeededDatabase.First) with { CreatedBy = user }, CancellationToken.None)));
        Assert.All(results, result => Assert.IsType<ProjectionResult.Written>(result));
    }

    [SkippableFact]
    public async Task What_the_database_will_never_take_is_refused_with_the_reason()
    {
        var (projection, _) = await MakeAsync();
        var unknown = await projection.ProjectAsync(Incident(Guid.NewGuid()), CancellationToken.None);
        Assert.Contains("tenant_id", Assert.IsType<ProjectionResult.Refused>(unknown).Reason);
        var badStatus = await projection.ProjectAsync(Incident(SeededDatabase.First) with { Status = "lost" }, CancellationToken.None);
        Assert.Contains("incidents_status_check", Assert.IsType<ProjectionResult.Refused>(badStatus).Reason);
        var badJson = await projection.ProjectAsync(Incident(SeededDatabase.First) with { StructuredData = "{" }, CancellationToken.None);
        Assert.IsType<ProjectionResult.Refused>(badJson);
    }

    [SkippableFact]
    public async Task A_database_that_is_away_is_told_apart_from_bad_values()
    {
        await MakeAsync();
        var nowhere = database.Settings with { Port = 1 };
        await using var source = await PostgresDataSource.CreateAsync(nowhere, _ => Task.FromResult(database.Functions), CancellationToken.None);
        Assert.IsType<ProjectionResult.Unavailable>(await new IncidentProjection(source).ProjectAsync(Incident(SeededDatabase.First), CancellationToken.None));
    }

    internal static ProjectedIncident Incident(Guid tenant) => new(
        tenant, Guid.NewGuid(), "civic", "A deep pothole", """{"entity":{"category":"pothole"}}""", -72.92, 41.31, Noon, Noon.AddHours(-1), Noon,
        new ProjectedUser(SeededDatabase.User, "ann", null), 1, "completed", "pending", []);

    private static ProjectedImage Image(string key) => new(Guid.NewGuid(), "evidence", key, "image/jpeg", 1234, Noon);

    private async Task<(IncidentProjection Projection, IncidentReader Reader)> MakeAsync()
    {
        var source = await database.LaidAsync();
        return (new IncidentProjection(source), new IncidentReader(source));
    }
}
