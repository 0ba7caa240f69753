using System.Text.Json.Nodes;
using DomainFlow.EndToEnd.Tests.Running;
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

    private async Task<JsonObject> AnnounceAsync(string text, int size)
    {
        var body = RunningSystem.NewReport(text);
        body["images"] = new JsonArray(new JsonObject { ["file_name"] = "IMG_0001.jpg", ["content_type"] = "image/jpeg", ["size"] = size });
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
