using System.Text.Json.Nodes;
using DomainFlow.Hosting.Http;
using Xunit;

namespace DomainFlow.Unit.Tests.Hosting;

public class UnstorableTextTests
{
    [Theory]
    [InlineData("""{"count":1,"name":"a\u0000b"}""", "name")]
    [InlineData("""{"count":1,"more":{"a":["b\u0000"]}}""", "more")]
    [InlineData("""{"count":1,"more":{"\u0000":1}}""", "more")]
    [InlineData("""{"count":1,"more":{"a":"\ud800"}}""", "more")]
    [InlineData("""{"count":1,"more":{"\udc00":1}}""", "more")]
    [InlineData("""{"count":1,"more":{"a":1e999999}}""", "more")]
    [InlineData("""{"count":1,"more":{"a":1e300}}""", "more")]
    [InlineData("""{"count":1,"more":{"a":0.123456789012345678901234567890123456789}}""", "more")]
    [InlineData("""{"count":1,"more":{"":1}}""", "more")]
    public async Task Valid_JSON_that_no_store_can_keep_is_refused_by_name(string body, string field)
    {
        var (status, problem) = await Requests.CallAsync(Requests.Proxy("POST", "/x", body), r =>
        {
            r.Body(TestJson.Default.JsonObject);
            return Task.FromResult(ApiResult.Empty);
        });
        Assert.Equal(400, status);
        Assert.Equal(field, (string?)problem["errors"]![0]!["field"]);
    }

    [Fact]
    public async Task Whole_surrogate_pairs_and_large_numbers_are_taken()
    {
        var (status, _) = await Requests.CallAsync(Requests.Proxy("POST", "/x", """{"name":"\ud83d\ude00","n":1e100,"d":12345678901234567890.5}"""), r =>
        {
            Assert.Equal("😀", (string?)r.Body(TestJson.Default.JsonObject)["name"]);
            return Task.FromResult(ApiResult.Empty);
        });
        Assert.Equal(204, status);
    }

    [Fact]
    public async Task A_parameter_with_a_null_character_is_refused_by_name()
    {
        var (status, field) = await ReadAsync("category", "\0", q => q.Text("category"));
        Assert.Equal(400, status);
        Assert.Equal("category", field);
    }

    [Fact]
    public async Task A_blank_parameter_counts_as_absent()
    {
        var (status, field) = await ReadAsync("q", "  ", q => q.Required("q"));
        Assert.Equal(400, status);
        Assert.Equal("q", field);
    }

    private static async Task<(int Status, string? Field)> ReadAsync(string name, string value, Func<QueryParameters, object?> read)
    {
        var request = Requests.Proxy("GET", "/x");
        request["queryStringParameters"] = new JsonObject { [name] = value };
        var (status, problem) = await Requests.CallAsync(request, r => Read(r, read));
        return (status, (string?)problem["errors"]?[0]?["field"]);
    }

    private static Task<ApiResult> Read(ApiRequest request, Func<QueryParameters, object?> read)
    {
        read(request.Query);
        return Task.FromResult(ApiResult.Empty);
    }
}
