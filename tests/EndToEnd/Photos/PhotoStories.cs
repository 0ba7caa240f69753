using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using DomainFlow.EndToEnd.Tests.Running;
using DomainFlow.Local;
using DomainFlow.Unit.Tests.Photos;
using Xunit;

namespace DomainFlow.EndToEnd.Tests.Photos;

[Collection(SystemCollection.Name)]
public class PhotoStories(RunningSystem system)
{
    [SkippableFact]
    public async Task A_photo_gives_a_report_without_a_place_its_place()
    {
        Skip.If(system.Missing is not null, system.Missing);
        var photo = await File.ReadAllBytesAsync(Directory.EnumerateFiles(Path.Combine(RunningSystem.Root, "samples", RunningSystem.Domain, "photos"), "*.jpg")
            .Order().First(f => Path.GetFileName(f) is not ("pothole-bridge.jpg" or "tree-parade.jpg")));
        var accepted = await AnnounceAsync("The thing in this picture is broken", photo.Length);
        var incident = (string)accepted["incident_id"]!;
        Assert.Equal((204, ""), await UploadAsync(accepted["uploads"]![0]!, photo));

        var report = await system.SettledAsync(incident, r => (string?)r["images"]![0]!["status"] == "stored");
        Assert.Equal("exif", (string?)report["location"]!["source"]);
        Assert.NotNull(report["images"]![0]!["taken_at"]);
        await IsShownWithoutMetadataAsync(photo, "image/jpeg", (string)report["images"]![0]!["url"]!);
        Assert.Equal(1L, await system.QueryAsync<long>("SELECT count(*) FROM image_evidence WHERE incident_id = @id", ("id", Guid.Parse(incident))));
    }

    private async Task IsShownWithoutMetadataAsync(byte[] photo, string type, string link)
    {
        using var answer = await system.Http.GetAsync(link);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        var shown = await answer.Content.ReadAsByteArrayAsync();
        string[] metadata = [.. new[] { "Exif", "PLANTED" }.Where(word => Encoding.Latin1.GetString(photo).Contains(word, StringComparison.Ordinal))];
        Assert.NotEmpty(metadata);
        Assert.All(metadata, word => Assert.DoesNotContain(word, Encoding.Latin1.GetString(shown), StringComparison.Ordinal));
        ReadOnlySpan<byte> mark = type == "image/jpeg" ? [0xFF, 0xDA] : TestPhotos.Picture;
        var picture = photo.AsSpan()[photo.AsSpan().LastIndexOf(mark)..];
        picture = type == "image/jpeg" ? picture[..(picture.LastIndexOf([(byte)0xFF, (byte)0xD9]) + 2)] : mark.ToArray();
        Assert.True(shown.AsSpan().IndexOf(picture) > 0, "the picture is another one");
    }

    [SkippableTheory]
    [InlineData("image/webp")]
    [InlineData("image/heic")]
    public async Task A_photo_of_a_phone_is_shown_without_its_metadata(string type)
    {
        Skip.If(system.Missing is not null, system.Missing);
        var photo = TestPhotos.Of(type, orientation: 1);
        var accepted = await AnnounceAsync("The thing in this picture is broken", photo.Length, type);
        Assert.Equal((204, ""), await UploadAsync(accepted["uploads"]![0]!, photo));
        var report = await system.SettledAsync((string)accepted["incident_id"]!, r => (string?)r["images"]![0]!["status"] == "stored");
        Assert.Equal(("exif", "2026-10-06T22:30:00"), ((string?)report["location"]!["source"], ((string)report["images"]![0]!["taken_at"]!)[..19]));
        await IsShownWithoutMetadataAsync(photo, type, (string)report["images"]![0]!["url"]!);
    }

    [SkippableFact]
    public async Task A_broken_photo_is_never_shown_and_a_better_one_under_the_same_grant_is()
    {
        Skip.If(system.Missing is not null, system.Missing);
        var photo = TestPhotos.Jpeg();
        var accepted = await AnnounceAsync("The thing in this picture is broken", photo.Length);
        var incident = (string)accepted["incident_id"]!;
        await UploadAsync(accepted["uploads"]![0]!, photo[..40]);
        var report = await system.SettledAsync(incident, r => (string?)r["images"]![0]!["status"] == "rejected");
        Assert.Contains("JPEG structure is broken", (string?)report["images"]![0]!["reason"], StringComparison.Ordinal);
        Assert.Null(report["images"]![0]!["url"]);
        await UploadAsync(accepted["uploads"]![0]!, photo);
        report = await system.SettledAsync(incident, r => (string?)r["images"]![0]!["status"] == "stored");
        Assert.NotNull(report["images"]![0]!["url"]);
        Assert.Null(report["images"]![0]!["reason"]);
    }

    [SkippableTheory]
    [InlineData("image/jpeg")]
    [InlineData("application/octet-stream")]
    public async Task F03_a_WebP_announced_as_something_else_is_shown_as_what_it_is(string announced)
    {
        Skip.If(system.Missing is not null, system.Missing);
        var photo = TestPhotos.Of("image/webp", orientation: 1);
        var accepted = await AnnounceAsync("The thing in this picture is broken", photo.Length, announced);
        Assert.Equal((204, ""), await UploadAsync(accepted["uploads"]![0]!, photo));
        var report = await system.SettledAsync((string)accepted["incident_id"]!, r => (string?)r["images"]![0]!["status"] == "stored");
        Assert.Equal("image/webp", (string?)report["images"]![0]!["content_type"]);
        Assert.Contains("its size is not that of the file", (string?)report["images"]![0]!["warning"], StringComparison.Ordinal);
        await IsShownWithoutMetadataAsync(photo, "image/webp", (string)report["images"]![0]!["url"]!);
    }

    [SkippableFact]
    public async Task A_ZIP_named_jpg_is_deleted_and_shown_rejected_with_the_reason()
    {
        Skip.If(system.Missing is not null, system.Missing);
        byte[] zip = [0x50, 0x4B, 0x03, 0x04, .. new byte[200]];
        var accepted = await AnnounceAsync("Photo attached", zip.Length);
        await UploadAsync(accepted["uploads"]![0]!, zip);
        var report = await system.SettledAsync((string)accepted["incident_id"]!, r => (string?)r["images"]![0]!["status"] == "rejected");
        Assert.Contains("first bytes", (string?)report["images"]![0]!["reason"], StringComparison.Ordinal);
        var file = Path.Combine(system.Objects, "evidence", (string)accepted["uploads"]![0]!["s3_key"]!);
        await Eventually.HoldsAsync(() => !File.Exists(file), TimeSpan.FromSeconds(20), () => "the object is still there");
    }

    [SkippableFact]
    public async Task An_upload_over_the_limit_is_refused_by_the_store_itself()
    {
        Skip.If(system.Missing is not null, system.Missing);
        var accepted = await AnnounceAsync("Photo attached", 1000);
        var (status, body) = await UploadAsync(accepted["uploads"]![0]!, new byte[11 * 1024 * 1024]);
        Assert.Equal(400, status);
        Assert.Contains("EntityTooLarge", body, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(system.Objects, "evidence", (string)accepted["uploads"]![0]!["s3_key"]!)));
    }

    /// <summary>A small file whose compressed text unfolds to 2 GB: who reads it needs seconds and hundreds of megabytes.</summary>
    [SkippableFact]
    public async Task A_PNG_that_unfolds_to_gigabytes_is_taken_without_reading_them()
    {
        Skip.If(system.Missing is not null, system.Missing);
        var bomb = Bomb(megabytes: 2048);
        var accepted = await AnnounceAsync("Photo attached", bomb.Length, "image/png");
        await system.SettledAsync((string)accepted["incident_id"]!);
        var before = await PeakMemoryAsync();
        await UploadAsync(accepted["uploads"]![0]!, bomb);
        await system.SettledAsync((string)accepted["incident_id"]!, r => (string?)r["images"]![0]!["status"] == "stored");
        Assert.InRange(await PeakMemoryAsync() - before, 0, 100 * 1024);
    }

    /// <summary>The largest peak of Ingest's processes, in KiB.</summary>
    private static async Task<long> PeakMemoryAsync()
    {
        var executable = BuiltFunctions.Executable(RunningSystem.Functions, "Ingest");
        long peak = 0;
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(d => int.TryParse(Path.GetFileName(d), out _)))
        {
            try
            {
                if ((await File.ReadAllTextAsync(Path.Combine(folder, "cmdline"))).StartsWith(executable, StringComparison.Ordinal))
                {
                    var line = (await File.ReadAllLinesAsync(Path.Combine(folder, "status"))).FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
                    peak = Math.Max(peak, line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], null));
                }
            }
            catch (IOException)
            {
                // The process ended meanwhile.
            }
        }

        Assert.NotEqual(0, peak);
        return peak;
    }

    private static byte[] Bomb(int megabytes)
    {
        using var packed = new MemoryStream();
        packed.Write("a\0\0"u8);
        using (var zip = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < megabytes; i++) zip.Write(zeros);
        }

        return TestPhotos.Png(more: TestPhotos.Chunk("zTXt", packed.ToArray()));
    }

    private async Task<JsonObject> AnnounceAsync(string text, int size, string contentType = "image/jpeg")
    {
        var body = RunningSystem.NewReport(text);
        body["images"] = new JsonArray(new JsonObject { ["file_name"] = "IMG_0001.jpg", ["content_type"] = contentType, ["size"] = size });
        var answer = await system.PostAsync("/reports", body);
        Assert.True(answer.Status == 202, answer.Text);
        return answer.Json;
    }

    private static Task<(int Status, string Body)> UploadAsync(JsonNode upload, byte[] file) => PhotoClient.UploadAsync(upload, file);
}
