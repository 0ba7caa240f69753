using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json.Nodes;
using DomainFlow.EndToEnd.Tests.Running;
using DomainFlow.Local;
using Xunit;

namespace DomainFlow.EndToEnd.Tests;

[Collection(SystemCollection.Name)]
public class Photos(RunningSystem system)
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
        var link = (string)report["images"]![0]!["url"]!;
        Assert.Equal(photo, await system.Http.GetByteArrayAsync(link));
        Assert.Equal(1L, await system.QueryAsync<long>("SELECT count(*) FROM image_evidence WHERE incident_id = @id", ("id", Guid.Parse(incident))));
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

        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR"u8, [0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]), .. Chunk("zTXt"u8, packed.ToArray()), .. Chunk("IEND"u8, [])];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] content)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        return [.. length, .. type, .. content, 0, 0, 0, 0];
    }

    private async Task<JsonObject> AnnounceAsync(string text, int size, string contentType = "image/jpeg")
    {
        var body = RunningSystem.NewReport(text);
        body["images"] = new JsonArray(new JsonObject { ["file_name"] = "IMG_0001.jpg", ["content_type"] = contentType, ["size"] = size });
        var answer = await system.PostAsync("/reports", body);
        Assert.True(answer.Status == 202, answer.Text);
        return answer.Json;
    }

    private async Task<(int Status, string Body)> UploadAsync(JsonNode upload, byte[] file)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in upload["fields"]!.AsObject())
        {
            form.Add(new StringContent((string)value!), $"\"{name}\"");
        }

        form.Add(new ByteArrayContent(file), "\"file\"", "\"IMG_0001.jpg\"");
        using var client = new HttpClient();
        using var response = await client.PostAsync((string)upload["url"]!, form);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
