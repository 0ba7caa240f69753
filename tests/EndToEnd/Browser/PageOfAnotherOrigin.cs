using System.Text.Json.Nodes;
using DomainFlow.EndToEnd.Tests.Running;
using Xunit;

namespace DomainFlow.EndToEnd.Tests.Browser;

[Collection(SystemCollection.Name)]
public class PageOfAnotherOrigin(RunningSystem system)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(120);

    [SkippableFact]
    public async Task A_page_of_another_origin_posts_a_report_with_a_photo_and_reads_it_back()
    {
        Skip.If(system.Missing is not null, system.Missing);
        Skip.If(Chromium.Executable is null, "there is no browser: /usr/bin/chromium (Debian's package chromium) is not installed");
        var steps = await RunAsync(await PageAsync());
        Assert.True(steps["error"] is null, steps.ToJsonString());
        Assert.Equal(202, (int)steps["posted"]!);
        Assert.StartsWith("/api/v1/reports/", (string)steps["location"]!, StringComparison.Ordinal);
        Assert.Equal("""[405,"method_not_allowed"]""", steps["refused"]!.ToJsonString());
        Assert.Equal("""[401,"unauthorized"]""", steps["unauthorised"]!.ToJsonString());
        Assert.Equal("[204,true]", steps["uploaded"]!.ToJsonString());
        Assert.Equal("""[true,"Deep pothole, seen from a page"]""", steps["read"]!.ToJsonString());
        Assert.Matches("^\"[^\"]+\"$", (string)steps["tag"]!);
        Assert.True((bool)steps["listed"]!, steps.ToJsonString());
        Assert.Equal("[304,true]", steps["unchanged"]!.ToJsonString());
        Assert.Equal("[200,true]", steps["photo"]!.ToJsonString());
        // The tag of a report with photos changes every five minutes, and with each change of its stores.
        Assert.Contains((int)steps["changed"]!, new[] { 200, 412 });
    }

    private static async Task<JsonObject> RunAsync(string page)
    {
        await using var server = await PageServer.StartAsync(page);
        using var browser = new Chromium(server.Url);
        var first = await Task.WhenAny(server.Result, browser.ExitAsync(), Task.Delay(Bound));
        if (first == server.Result) return JsonNode.Parse(await server.Result)!.AsObject();
        browser.Dispose();
        throw new InvalidOperationException("The page reported nothing: " + string.Join('\n', await browser.Output));
    }

    private async Task<string> PageAsync()
    {
        var photo = Directory.EnumerateFiles(Path.Combine(RunningSystem.Root, "samples", RunningSystem.Domain, "photos"), "*.jpg").Order().First();
        var settings = new JsonObject
        {
            ["api"] = system.Url,
            ["token"] = system.Token(),
            ["domain"] = RunningSystem.Domain,
            ["photo"] = Convert.ToBase64String(await File.ReadAllBytesAsync(photo)),
        };
        var template = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Browser", "page.html"));
        return template.Replace("'%SETTINGS%'", "`" + settings.ToJsonString() + "`", StringComparison.Ordinal);
    }
}
