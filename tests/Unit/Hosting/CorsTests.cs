using System.Text.Json.Nodes;
using DomainFlow.Hosting.Http;
using DomainFlow.Topology;
using Xunit;

namespace DomainFlow.Unit.Tests.Hosting;

public class CorsTests
{
    [Theory]
    [InlineData("https://app.example.org", "https://app.example.org", true)]
    [InlineData("https://app.example.org", "https://app.example.org:8443", false)]
    [InlineData("https://app.example.org", "http://app.example.org", false)]
    [InlineData("https://app.example.org", "https://app.example.org.evil.example", false)]
    [InlineData("https://app.example.org", "https://APP.example.org", false)]
    [InlineData("http://localhost:*", "http://localhost:3000", true)]
    [InlineData("http://localhost:*", "http://localhost", false)]
    [InlineData("http://localhost:*", "http://localhost:", false)]
    [InlineData("http://localhost:*", "http://localhost:3000.evil.example", false)]
    [InlineData("http://localhost:*", "http://localhost:30a0", false)]
    [InlineData("http://localhost:*", "http://localhost.evil.example:3000", false)]
    [InlineData("http://localhost:*", "null", false)]
    [InlineData("http://[::1]:*", "http://[::1]:8080", true)]
    [InlineData("*", "https://anything.example", true)]
    [InlineData("*", "", false)]
    [InlineData("", "https://app.example.org", false)]
    [InlineData("https://one.example, https://two.example:*", "https://two.example:444", true)]
    public void An_origin_is_allowed_as_it_is_written(string list, string origin, bool isAllowed) =>
        Assert.Equal(isAllowed, AllowedOrigins.Parse(list).Allows(origin));

    [Theory]
    [InlineData("app.example.org")]
    [InlineData("https://app.example.org/")]
    [InlineData("https://*.example.org")]
    [InlineData("https://app.example.org/path")]
    [InlineData("ftp://app.example.org")]
    [InlineData("https://App.example.org")]
    [InlineData("https://user@app.example.org")]
    public void What_is_no_origin_is_refused_by_name(string entry) =>
        Assert.Contains($"'{entry}'", Assert.Throws<FormatException>(() => AllowedOrigins.Parse("https://good.example," + entry)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("http://localhost")]
    [InlineData("http://localhost:5173")]
    [InlineData("https://127.0.0.1:8443")]
    [InlineData("http://127.0.0.1")]
    public void Any_page_of_this_machine_is_allowed_on_it(string origin) => Assert.True(AllowedOrigins.ThisMachine.Allows(origin));

    [Theory]
    [InlineData("https://app.example.org", null, 200)]
    [InlineData("https://app.example.org", "\"7\"", 304)]
    [InlineData("https://other.example.org", null, 200)]
    [InlineData(null, null, 200)]
    public async Task An_answer_names_the_origin_that_may_read_it_and_varies_by_it(string? origin, string? ifNoneMatch, int status)
    {
        var answer = await SendAsync("GET", origin, ifNoneMatch);
        Assert.Equal(status, (int)answer["statusCode"]!);
        var headers = answer["headers"]!;
        var isAllowed = origin == "https://app.example.org";
        Assert.Equal("Origin", (string?)headers["Vary"]);
        Assert.Equal(isAllowed ? origin : null, (string?)headers["Access-Control-Allow-Origin"]);
        Assert.Equal(isAllowed ? "ETag, Location, Retry-After, Idempotent-Replayed" : null, (string?)headers["Access-Control-Expose-Headers"]);
        Assert.Null(headers["Access-Control-Allow-Credentials"]);
        Assert.Equal("\"7\"", (string?)headers["ETag"]);
    }

    [Fact]
    public async Task A_refusal_may_be_read_as_well()
    {
        var answer = await SendAsync("GET", "https://app.example.org", null, _ => throw new ProblemException(Problem.Invalid("text", "text is missing")));
        Assert.Equal((400, "https://app.example.org"), ((int)answer["statusCode"]!, (string?)answer["headers"]!["Access-Control-Allow-Origin"]));
    }

    [Fact]
    public async Task HEAD_is_GET_without_the_body()
    {
        var (get, head) = (await SendAsync("GET", null, null), await SendAsync("HEAD", null, null));
        Assert.Equal(("{}", ""), ((string?)get["body"], (string?)head["body"]));
        Assert.Equal(get["headers"]!.ToJsonString(), head["headers"]!.ToJsonString());
        Assert.Equal(304, (int)(await SendAsync("HEAD", null, "\"7\""))["statusCode"]!);
    }

    private static Task<JsonObject> SendAsync(string method, string? origin, string? ifNoneMatch, Func<ApiRequest, Task<ApiResult>>? handler = null)
    {
        var request = Requests.Proxy(method, "/x");
        if (origin is not null) request["headers"]!["origin"] = origin;
        if (ifNoneMatch is not null) request["headers"]!["if-none-match"] = ifNoneMatch;
        handler ??= read => Task.FromResult(new ApiResult(200, "{}").Tagged(EntityTag.Of(7)).UnlessKnownTo(read));
        return Requests.SendAsync(new() { Api = Requests.Api(new() { ["GET /x"] = handler }, AllowedOrigins.Parse("https://app.example.org")) }, request);
    }
}
