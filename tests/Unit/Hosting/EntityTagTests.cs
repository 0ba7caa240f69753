using System.Text.Json.Nodes;
using DomainFlow.Hosting.Http;
using Xunit;

namespace DomainFlow.Unit.Tests.Hosting;

public class EntityTagTests
{
    [Theory]
    [InlineData("\"7-projected\"", "\"7-projected\"", true)]
    [InlineData("W/\"7-projected\"", "\"7-projected\"", true)]
    [InlineData("\"6\", W/\"a,b\" ,\"7-projected\"", "\"7-projected\"", true)]
    [InlineData(" * ", "\"7\"", true)]
    [InlineData("W/\"abc\"", "W/\"abc\"", true)]
    [InlineData("\"a,b\"", "W/\"a,b\"", true)]
    [InlineData("\"W/\"", "\"W/\"", true)]
    [InlineData("\"7\"", "\"7-projected\"", false)]
    [InlineData("7-projected", "\"7-projected\"", false)]
    [InlineData("\"7-projected", "\"7-projected\"", false)]
    [InlineData("\"7-projected\" \"8\"", "\"7-projected\"", false)]
    [InlineData("\"a\" *", "\"a\"", false)]
    [InlineData("", "\"7\"", false)]
    [InlineData(",", "\"7\"", false)]
    [InlineData(null, "\"7\"", false)]
    public void A_tag_is_known_when_the_header_lists_it(string? header, string tag, bool known) => Assert.Equal(known, EntityTag.IsAmong(header, tag));

    [Theory]
    [InlineData("\"7\"", true)]
    [InlineData("\"7-projected\"", true)]
    [InlineData("\"6\", \"7-pending-3\"", true)]
    [InlineData("*", true)]
    [InlineData("W/\"7\"", false)]
    [InlineData("\"77\"", false)]
    [InlineData("\"projected-7\"", false)]
    public void If_Match_allows_a_change_of_the_version_that_was_read(string header, bool allowed) =>
        Assert.Equal(allowed, EntityTag.MatchesVersion(header, 7));

    [Theory]
    [InlineData("7")]
    [InlineData("\"7")]
    [InlineData("")]
    [InlineData("\"7\"; \"8\"")]
    public void What_is_no_list_of_tags_is_refused_as_If_Match(string header) =>
        Assert.Contains("If-Match", Assert.Throws<ProblemException>(() => EntityTag.MatchesVersion(header, 7)).Problem.Detail, StringComparison.Ordinal);

    [Fact]
    public void A_tag_of_a_text_is_weak_and_changes_with_it()
    {
        Assert.StartsWith("W/\"", EntityTag.OfText("a"), StringComparison.Ordinal);
        Assert.NotEqual(EntityTag.OfText("a"), EntityTag.OfText("b"));
        Assert.Equal(EntityTag.OfText("a"), EntityTag.OfText("a"));
    }

    [Fact]
    public async Task A_caller_who_has_the_answer_gets_304_without_a_body()
    {
        var first = await AnswerAsync(null);
        Assert.Equal((200, "{}", "\"7\"", "private, no-cache"), (Status(first), (string?)first["body"], Header(first, "ETag"), Header(first, "Cache-Control")));
        var again = await AnswerAsync("\"7\"");
        Assert.Equal((304, "", "\"7\"", "private, no-cache"), (Status(again), (string?)again["body"], Header(again, "ETag"), Header(again, "Cache-Control")));
        Assert.Null(Header(again, "Content-Type"));
        Assert.Equal(200, Status(await AnswerAsync("\"6\"")));
    }

    [Fact]
    public async Task What_carries_no_tag_is_kept_by_nobody()
    {
        var answer = await Requests.SendAsync(
            new() { Api = Requests.Api(new() { ["GET /x"] = _ => Task.FromResult(new ApiResult(200, "{}")) }) },
            Requests.Proxy("GET", "/x"));
        Assert.Equal("no-store", Header(answer, "Cache-Control"));
    }

    private static Task<JsonObject> AnswerAsync(string? ifNoneMatch)
    {
        var request = Requests.Proxy("GET", "/x");
        if (ifNoneMatch is not null)
        {
            request["headers"]!["if-none-match"] = ifNoneMatch;
        }

        return Requests.SendAsync(
            new()
            {
                Api = Requests.Api(new()
                {
                    ["GET /x"] = r => Task.FromResult(new ApiResult(200, "{}").Tagged(EntityTag.Of(7)).UnlessKnownTo(r)),
                }),
            },
            request);
    }

    private static int Status(JsonObject answer) => (int)answer["statusCode"]!;

    private static string? Header(JsonObject answer, string name) => (string?)answer["headers"]![name];
}
