using System.Text.Json.Nodes;
using DomainFlow.EndToEnd.Tests.Running;
using Xunit;

namespace DomainFlow.EndToEnd.Tests.Photos;

/// <summary>Announces and uploads photos as a client does.</summary>
internal static class PhotoClient
{
    private static readonly HttpClient Http = new();

    /// <summary>Sends a report that announces so many JPEGs; gives the answer with its grants.</summary>
    public static async Task<JsonObject> AnnounceAsync(RunningSystem system, string token, string text, int photos, string contentType = "image/jpeg")
    {
        var body = RunningSystem.NewReport(text);
        body["images"] = new JsonArray([.. Enumerable.Range(1, photos).Select(number => (JsonNode)new JsonObject
        {
            ["file_name"] = $"IMG_{number:0000}.jpg",
            ["content_type"] = contentType,
            ["size"] = 1_000_000,
        })]);
        var answer = await system.PostAsync("/reports", body, token);
        Assert.True(answer.Status == 202, answer.Text);
        return answer.Json;
    }

    public static async Task<(int Status, string Body)> UploadAsync(JsonNode upload, byte[] file)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in upload["fields"]!.AsObject())
        {
            form.Add(new StringContent((string)value!), $"\"{name}\"");
        }

        form.Add(new ByteArrayContent(file), "\"file\"", "\"IMG_0001.jpg\"");
        using var response = await Http.PostAsync((string)upload["url"]!, form);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
