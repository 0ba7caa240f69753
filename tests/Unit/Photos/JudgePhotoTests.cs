using Amazon.Lambda.S3Events;
using DomainFlow.Domain.Reports;
using Xunit;

namespace DomainFlow.Unit.Tests.Photos;

public sealed class JudgePhotoTests : IDisposable
{
    private readonly PhotoDesk desk = new();

    public void Dispose() => desk.Dispose();

    [Theory]
    [InlineData(ReportStatus.Received)]
    [InlineData(ReportStatus.Completed)]
    [InlineData(ReportStatus.Failed)]
    public async Task A_photo_is_noted_once_however_often_it_is_told_and_the_status_stays(string status)
    {
        var key = await desk.AnnounceAsync(status);
        var told = await desk.UploadAsync(key, PhotoDesk.Good);
        for (var i = 0; i < 3; i++) await desk.TellAsync(told);
        var report = await desk.ReportAsync(key);
        Assert.Equal((2, status), (report.Version, report.Status));
        var image = Assert.Single(report.Images);
        Assert.Equal((ReportImage.Stored, PhotoDesk.Good.LongLength), (image.Status, image.FileSizeBytes));
        Assert.NotNull(image.ExifLocation);
        Assert.Equal(image.RenditionKey, Assert.Single(await desk.RenditionsAsync(key)).Key);
        Assert.Single(await desk.ListAsync(key));
    }

    [Theory]
    [InlineData("image/png")]
    [InlineData("image/webp")]
    [InlineData("image/heic")]
    public async Task F03_a_photo_of_another_type_than_announced_is_kept_under_its_own(string type)
    {
        var key = await desk.AnnounceAsync();
        await desk.TellAsync(await desk.UploadAsync(key, TestPhotos.Of(type)));
        var image = await desk.ImageAsync(key);
        Assert.Equal((ReportImage.Stored, type), (image.Status, image.ContentType));
        Assert.NotNull(image.RenditionKey);
    }

    [Theory]
    [InlineData("image/heif", "image/heif")]
    [InlineData("image/jpg", "image/jpeg")]
    [InlineData("IMAGE/PNG; name=\"a.png\"", "image/png")]
    [InlineData("application/octet-stream", "application/octet-stream")]
    [InlineData("image/gif", null)]
    public void F05_content_types_are_taken_as_clients_send_them(string sent, string? taken) => Assert.Equal(taken, ReportImage.AnnouncedType(sent));

    [Fact]
    public async Task An_older_event_that_comes_late_changes_nothing()
    {
        var key = await desk.AnnounceAsync();
        var first = await desk.UploadAsync(key, PhotoDesk.Bad);
        var second = await desk.UploadAsync(key, PhotoDesk.Good);
        await desk.TellAsync(second);
        var before = await desk.ReportAsync(key);
        await desk.TellAsync(first);
        Assert.Equal(before.Version, (await desk.ReportAsync(key)).Version);
        Assert.Single(await desk.ListAsync(key));
        Assert.Single(await desk.RenditionsAsync(key));
    }

    [Fact]
    public async Task A_good_photo_that_comes_while_a_bad_one_is_deleted_stays()
    {
        var key = await desk.AnnounceAsync();
        var bad = await desk.UploadAsync(key, PhotoDesk.Bad);
        S3Event.S3EventNotificationRecord? good = null;
        desk.Watched.BeforeDelete = async deleted => good ??= deleted == key ? await desk.UploadAsync(key, PhotoDesk.Good) : null;
        await desk.TellAsync(bad);
        Assert.NotNull(good);
        Assert.Equal(ReportImage.Rejected, (await desk.ImageAsync(key)).Status);
        await desk.TellAsync(good);
        await desk.TellAsync(bad);
        Assert.Equal((ReportImage.Stored, (string?)null), ((await desk.ImageAsync(key)).Status, (await desk.ImageAsync(key)).Reason));
        Assert.Equal(PhotoDesk.Good.LongLength, Assert.Single(await desk.ListAsync(key)).Size);
    }

    [Fact]
    public async Task A_bad_photo_after_a_good_one_leaves_nothing_to_show()
    {
        var key = await desk.AnnounceAsync();
        await desk.TellAsync(await desk.UploadAsync(key, PhotoDesk.Good));
        await desk.TellAsync(await desk.UploadAsync(key, PhotoDesk.Bad));
        var image = await desk.ImageAsync(key);
        Assert.Equal((ReportImage.Rejected, null, null), (image.Status, image.RenditionKey, image.ExifLocation));
        Assert.Empty(await desk.ListAsync(""));
    }

    [Fact]
    public async Task Of_two_judges_at_once_the_one_of_the_newer_upload_wins_and_the_other_leaves_no_rendition()
    {
        var key = await desk.AnnounceAsync();
        var first = await desk.UploadAsync(key, PhotoDesk.Good);
        S3Event.S3EventNotificationRecord? second = null;
        desk.Watched.BeforePut = async _ =>
        {
            if (second is null) await desk.TellAsync(second = await desk.UploadAsync(key, TestPhotos.Jpeg(orientation: 1)));
        };
        await desk.TellAsync(first);
        var image = await desk.ImageAsync(key);
        Assert.Equal(second!.S3.Object.Sequencer, image.Sequencer);
        Assert.Equal(image.RenditionKey, Assert.Single(await desk.RenditionsAsync(key)).Key);
    }

    [Fact]
    public async Task Nothing_is_left_of_a_photo_of_a_report_that_is_deleted_before_or_meanwhile()
    {
        var early = await desk.AnnounceAsync();
        await desk.DeleteReportAsync(early);
        await desk.TellAsync(await desk.UploadAsync(early, PhotoDesk.Good));

        var key = await desk.AnnounceAsync();
        var told = await desk.UploadAsync(key, PhotoDesk.Good);
        desk.Tables.BeforeWrite = async () =>
        {
            desk.Tables.BeforeWrite = () => Task.CompletedTask;
            await desk.DeleteReportAsync(key);
        };
        await desk.TellAsync(told);
        Assert.Equal(ReportStatus.Deleted, (await desk.ReportAsync(key)).Status);
        Assert.Empty((await desk.ReportAsync(key)).Images);
        Assert.Empty(await desk.ListAsync(""));
    }

    [Fact]
    public async Task A_photo_that_nobody_announced_is_deleted()
    {
        var told = await desk.UploadAsync(ReportImage.KeyOf(Guid.NewGuid(), "d", Guid.NewGuid(), 1, "image/jpeg"), PhotoDesk.Good);
        await desk.TellAsync(told);
        Assert.Empty(await desk.ListAsync(""));
    }

    /// <summary>A bad photo, then a good one; the judge dies at its n-th step, and each event comes again.</summary>
    [Fact]
    public async Task A_judge_that_dies_anywhere_leaves_what_the_next_one_mends()
    {
        var died = true;
        for (var step = 1; died; step++)
        {
            died = false;
            var left = step;
            Task DieAsync() => --left == 0 ? throw new IOException("died") : Task.CompletedTask;
            (desk.Tables.BeforeRead, desk.Tables.BeforeWrite) = (() => Task.CompletedTask, () => Task.CompletedTask);
            var key = await desk.AnnounceAsync();
            S3Event.S3EventNotificationRecord[] told = [await desk.UploadAsync(key, PhotoDesk.Bad), await desk.UploadAsync(key, PhotoDesk.Good)];
            (desk.Tables.BeforeRead, desk.Tables.BeforeWrite) = (DieAsync, DieAsync);
            desk.Watched.BeforeRead = desk.Watched.BeforePut = desk.Watched.BeforeDelete = _ => DieAsync();
            foreach (var record in (S3Event.S3EventNotificationRecord[])[told[1], told[0], told[1], told[0]])
            {
                try
                {
                    await desk.TellAsync(record);
                }
                catch (IOException)
                {
                    died = true;
                }
            }

            left = 0;
            var image = await desk.ImageAsync(key);
            Assert.Equal((ReportImage.Stored, told[1].S3.Object.Sequencer), (image.Status, image.Sequencer));
            Assert.Equal(image.RenditionKey, Assert.Single(await desk.RenditionsAsync(key)).Key);
            Assert.Single(await desk.ListAsync(key));
        }
    }

    [Fact]
    public async Task Events_twice_and_out_of_order_from_many_judges_give_one_image_each()
    {
        var told = new List<S3Event.S3EventNotificationRecord>();
        for (var i = 0; i < 40; i++)
        {
            var key = await desk.AnnounceAsync();
            foreach (var file in (byte[][])[PhotoDesk.Bad, PhotoDesk.Good]) told.Add(await desk.UploadAsync(key, file));
        }

        var random = new Random(1);
        var shuffled = told.Concat(told.Where(_ => random.Next(10) < 3)).OrderBy(_ => random.Next()).ToList();
        await Parallel.ForEachAsync(shuffled, async (record, _) => await desk.TellAsync(record));
        foreach (var last in told.Where((_, i) => i % 2 == 1))
        {
            var image = await desk.ImageAsync(last.S3.Object.Key);
            Assert.Equal((ReportImage.Stored, last.S3.Object.Sequencer), (image.Status, image.Sequencer));
            Assert.Equal(image.RenditionKey, Assert.Single(await desk.RenditionsAsync(last.S3.Object.Key)).Key);
        }
    }
}
