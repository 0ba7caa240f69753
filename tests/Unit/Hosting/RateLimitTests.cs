using System.Text.Json.Nodes;
using DomainFlow.Cache;
using DomainFlow.Hosting;
using DomainFlow.Hosting.Http;
using Xunit;

namespace DomainFlow.Unit.Tests.Hosting;

public class RateLimitTests
{
    private const string OtherUser = "0f0f0f0f-0000-4000-8000-000000000003";
    private const string OtherTenant = "0f0f0f0f-0000-4000-8000-000000000004";

    private readonly Clock clock = new();
    private readonly InProcessCache cache;
    private int handled;
    private Func<ApiResult> answer = () => ApiResult.Json(200, new JsonObject());

    public RateLimitTests() => cache = new(clock);

    [Fact]
    public async Task One_request_too_many_is_refused_until_the_minute_is_over()
    {
        var limits = new RequestLimits(PerUser: 3, PerTenant: null);
        for (var i = 0; i < 3; i++) Assert.Equal(200, (await SendAsync(limits)).Status);
        clock.Now += TimeSpan.FromSeconds(17.5);
        var (status, answer) = await SendAsync(limits);
        Assert.Equal(429, status);
        Assert.Equal("43", (string?)answer["headers"]!["Retry-After"]);
        Assert.Equal("too_many_requests", (string?)JsonNode.Parse((string)answer["body"]!)!["error_code"]);
        Assert.Equal(3, handled);
        clock.Now += TimeSpan.FromSeconds(43);
        Assert.Equal(200, (await SendAsync(limits)).Status);
    }

    [Fact]
    public async Task Another_user_and_another_tenant_are_counted_apart()
    {
        var limits = new RequestLimits(PerUser: 1, PerTenant: null);
        Assert.Equal(200, (await SendAsync(limits)).Status);
        Assert.Equal(200, (await SendAsync(limits, user: OtherUser)).Status);
        Assert.Equal(200, (await SendAsync(limits, tenant: OtherTenant)).Status);
        Assert.Equal(429, (await SendAsync(limits)).Status);
    }

    [Fact]
    public async Task The_users_of_a_tenant_are_counted_together_and_not_with_anothers()
    {
        var limits = new RequestLimits(PerUser: null, PerTenant: 2);
        Assert.Equal(200, (await SendAsync(limits)).Status);
        Assert.Equal(200, (await SendAsync(limits, user: OtherUser)).Status);
        Assert.Equal(429, (await SendAsync(limits)).Status);
        Assert.Equal(200, (await SendAsync(limits, tenant: OtherTenant)).Status);
    }

    [Fact]
    public async Task What_a_users_own_limit_refuses_is_not_counted_for_the_tenant()
    {
        var limits = new RequestLimits(PerUser: 1, PerTenant: 2);
        Assert.Equal(200, (await SendAsync(limits)).Status);
        for (var i = 0; i < 5; i++) Assert.Equal(429, (await SendAsync(limits)).Status);
        Assert.Equal(200, (await SendAsync(limits, user: OtherUser)).Status);
    }

    [Fact]
    public async Task Without_limits_nothing_is_counted()
    {
        for (var i = 0; i < 5; i++) Assert.Equal(200, (await SendAsync(RequestLimits.Read(_ => null))).Status);
        Assert.Equal(0, cache.Count);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("many")]
    [InlineData("1.5")]
    public void A_limit_that_is_no_number_is_named(string text)
    {
        var error = Assert.Throws<ConfigurationException>(() => RequestLimits.Read(name => name == "REQUESTS_PER_MINUTE_TENANT" ? text : "60"));
        Assert.Contains("REQUESTS_PER_MINUTE_TENANT", error.Message);
    }

    [Fact]
    public async Task A_request_whose_caller_is_not_known_is_not_counted()
    {
        var limits = new RequestLimits(PerUser: 1, PerTenant: 1);
        Assert.Equal(403, (await SendAsync(limits, user: "nobody")).Status);
        Assert.Equal(403, (await SendAsync(limits, tenant: "")).Status);
        Assert.Equal((0, 0), (cache.Count, handled));
    }

    [Fact]
    public async Task A_route_that_asks_for_no_caller_is_not_counted()
    {
        var limits = new RequestLimits(PerUser: 1, PerTenant: 1);
        for (var i = 0; i < 3; i++) Assert.Equal(200, (await SendAsync(limits, path: "/openapi.json")).Status);
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public async Task A_path_that_is_no_route_is_not_counted()
    {
        Assert.Equal(404, (await SendAsync(new RequestLimits(PerUser: 1, PerTenant: 1), path: "/elsewhere")).Status);
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public async Task A_request_that_its_handler_refuses_counts()
    {
        var limits = new RequestLimits(PerUser: 2, PerTenant: null);
        answer = () => throw new ProblemException(Problem.Invalid("text", "text is missing"));
        foreach (var status in new[] { 400, 400, 429 }) Assert.Equal(status, (await SendAsync(limits)).Status);
    }

    private async Task<(int Status, JsonObject Answer)> SendAsync(
        RequestLimits limits, string user = Requests.User, string tenant = Requests.Tenant, string path = "/reports")
    {
        var request = Requests.Proxy("GET", path);
        request["requestContext"]!["authorizer"]!["claims"]!["sub"] = user;
        request["requestContext"]!["authorizer"]!["claims"]!["custom:tenant_id"] = tenant;
        Task<ApiResult> HandleAsync(ApiRequest read)
        {
            handled++;
            return Task.FromResult(answer());
        }

        var routes = new Dictionary<string, Func<ApiRequest, Task<ApiResult>>> { ["GET /reports"] = HandleAsync, ["GET /openapi.json"] = HandleAsync };
        var answered = await Requests.SendAsync(new() { Api = new(routes, RateLimit.Of(cache, limits)) }, request);
        return ((int)answered["statusCode"]!, answered);
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
