using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace DomainFlow.LocalHost.Tests;

public sealed class GatewayTests(GatewayTests.Running running) : IClassFixture<GatewayTests.Running>
{
    private TestHost Host => running.Host;

    [Fact]
    public async Task A_proxy_event_has_the_shape_that_a_REST_API_sends()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/things/a%20b/parts/7?tag=x&tag=y%2Cz&empty=&plus=a+b")
        {
            Headers = { { "X-Twice", ["one", "two"] }, { "User-Agent", "golden/1.0" }, { "Authorization", "Bearer " + Host.Token } },
        };
        using var response = await Host.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var actual = (JsonObject)await TestHost.ReadAsync(response);
        Assert.Matches("^[0-9a-f-]{36}$", actual["requestContext"]!["requestId"]!.ToString());
        Assert.Equal(response.Headers.GetValues("x-amzn-RequestId").Single(), actual["requestContext"]!["requestId"]!.ToString());
        Assert.Matches("^[0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}:[0-9:]{8} [+]0000$", actual["requestContext"]!["requestTime"]!.ToString());
        Assert.Equal(Host.Token, actual["headers"]!["Authorization"]!.ToString()["Bearer ".Length..]);
        var golden = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "proxy-event.json"));
        Assert.Equal(JsonNode.Parse(golden)!.ToString(), Masked(actual).ToString());
    }

    [Fact]
    public async Task A_header_in_two_lines_is_two_values_and_the_last_one_stands_alone()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Host.System.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes("GET /api/v1/open HTTP/1.1\r\nHost: localhost\r\nX-Twice: one\r\nX-Twice: two\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        var body = (await reader.ReadToEndAsync()).Split("\r\n\r\n", 2)[1];
        var actual = JsonNode.Parse(body)!;
        Assert.Equal("two", actual["headers"]!["X-Twice"]!.ToString());
        Assert.Equal(["one", "two"], actual["multiValueHeaders"]!["X-Twice"]!.AsArray().Select(value => value!.ToString()));
    }

    [Fact]
    public async Task A_JSON_body_is_passed_in_base64_so_that_its_bytes_are_seen_and_another_one_as_text()
    {
        using var content = new ByteArrayContent([0x7B, 0xC3, 0x28, 0x7D]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var json = await Host.SendAsync(HttpMethod.Post, "/echo", content);
        var asBinary = await TestHost.ReadAsync(json);
        Assert.True(asBinary["isBase64Encoded"]!.GetValue<bool>());
        Assert.Equal(Convert.ToBase64String([0x7B, 0xC3, 0x28, 0x7D]), asBinary["body"]!.ToString());

        using var text = new StringContent("wörld", Encoding.UTF8, "text/plain");
        using var other = await Host.SendAsync(HttpMethod.Post, "/echo", text);
        var asText = await TestHost.ReadAsync(other);
        Assert.False(asText["isBase64Encoded"]!.GetValue<bool>());
        Assert.Equal("wörld", asText["body"]!.ToString());
    }

    [Fact]
    public async Task A_call_without_query_or_body_has_nulls_there()
    {
        using var response = await Host.SendAsync(HttpMethod.Post, "/echo");
        var actual = await TestHost.ReadAsync(response);
        Assert.All(["body", "queryStringParameters", "multiValueQueryStringParameters", "pathParameters"], name => Assert.Null(actual[name]));
    }

    [Fact]
    public async Task A_literal_segment_goes_before_a_parameter()
    {
        using var literal = await Host.SendAsync(HttpMethod.Get, "/things/all");
        Assert.Equal("/v1/things/all", (await TestHost.ReadAsync(literal))["resource"]!.ToString());
        using var parameter = await Host.SendAsync(HttpMethod.Get, "/things/other/");
        Assert.Equal("/v1/things/{id}", (await TestHost.ReadAsync(parameter))["resource"]!.ToString());
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing")]
    [InlineData("GET", "/api/v2/things/1")]
    [InlineData("GET", "/")]
    public async Task A_path_that_is_no_route_is_a_404(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Headers = { { "Authorization", Host.Token } } };
        using var response = await Host.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        if (method != "HEAD") Assert.Equal("route_not_found", (await TestHost.ProblemAsync(response))["error_code"]!.ToString());
    }

    [Fact]
    public async Task An_answer_keeps_its_status_its_headers_and_its_bytes()
    {
        const string Answer = """
            {"statusCode": 418, "headers": {"X-One": "1", "X-Both": "single", "Content-Type": "image/gif"}, "multiValueHeaders": {"X-Both": ["a", "b"]},
             "isBase64Encoded": true, "body": "AAH/"}
            """;
        using var response = await Host.CommandAsync(new { command = "raw", answer = Answer });
        Assert.Equal(418, (int)response.StatusCode);
        Assert.Equal(["1"], response.Headers.GetValues("X-One"));
        Assert.Equal(["a", "b"], response.Headers.GetValues("X-Both"));
        Assert.Equal("image/gif", response.Content.Headers.ContentType!.ToString());
        Assert.Equal([0, 1, 255], await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("not json")]
    [InlineData("{\"statusCode\": \"fine\"}")]
    [InlineData("{\"statusCode\": 200, \"body\": {\"an\": \"object\"}}")]
    [InlineData("{\"statusCode\": 200, \"headers\": [1]}")]
    [InlineData("{\"statusCode\": 200, \"isBase64Encoded\": true, \"body\": \"?\"}")]
    public async Task A_malformed_answer_is_a_502(string answer)
    {
        using var response = await Host.CommandAsync(new { command = "raw", answer });
        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal("internal_error", (await TestHost.ProblemAsync(response))["error_code"]!.ToString());
    }

    [Fact]
    public async Task A_body_over_10_MB_is_refused()
    {
        using var response = await Host.SendAsync(HttpMethod.Post, "/echo", new ByteArrayContent(new byte[10 * 1024 * 1024 + 1]));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("body_too_large", (await TestHost.ProblemAsync(response))["error_code"]!.ToString());
    }

    [Fact]
    public async Task A_foreign_Host_header_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/open") { Headers = { Host = "rebound.example.org" } };
        using var response = await Host.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task A_call_past_the_integration_time_out_is_a_504_and_the_function_goes_on()
    {
        await using var host = await TestHost.StartAsync(TestHost.Echo() with { IntegrationTimeout = TimeSpan.FromMilliseconds(300) });
        var folder = host.Folder("meeting");
        using var response = await host.CommandAsync(new { command = "meet", folder, guests = 2 });
        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
        Assert.Equal("timed_out", (await TestHost.ProblemAsync(response))["error_code"]!.ToString());
        await File.WriteAllTextAsync(Path.Combine(folder, "second guest"), "");
    }

    [Fact]
    public async Task A_call_that_finds_no_free_process_is_a_429()
    {
        await using var host = await TestHost.StartAsync(
            TestHost.Echo(TestHost.Function(concurrency: 1)), options => options with { AcquireBound = TimeSpan.FromMilliseconds(200) });
        var folder = host.Folder("meeting");
        var first = host.CommandAsync(new { command = "meet", folder, guests = 2 });
        await Eventually.TrueAsync(() => Directory.GetFiles(folder).Length == 1, "the first call is being served");
        using var refused = await host.CommandAsync(new { command = "about" });
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("1", refused.Headers.RetryAfter!.ToString());
        Assert.Equal("too_many_requests", (await TestHost.ProblemAsync(refused))["error_code"]!.ToString());
        await File.WriteAllTextAsync(Path.Combine(folder, "second guest"), "");
        using var served = await first;
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
    }

    /// <summary>What differs from run to run is replaced by its name.</summary>
    private JsonObject Masked(JsonObject actual)
    {
        var context = (JsonObject)actual["requestContext"]!;
        foreach (var name in (string[])["requestId", "extendedRequestId", "requestTime", "requestTimeEpoch"]) context[name] = name;
        var claims = (JsonObject)context["authorizer"]!["claims"]!;
        foreach (var name in (string[])["exp", "iat", "auth_time", "jti"])
        {
            Assert.IsType<string>(claims[name]!.GetValue<string>());
            claims[name] = name;
        }

        foreach (var (name, value) in new[] { ("Authorization", "token"), ("X-Amzn-Trace-Id", "trace"), ("Host", "host"), ("X-Forwarded-Port", "port") })
        {
            actual["headers"]![name] = value;
            actual["multiValueHeaders"]![name] = new JsonArray(value);
        }

        return actual;
    }

    public sealed class Running : IAsyncLifetime
    {
        internal TestHost Host { get; private set; } = null!;

        public async Task InitializeAsync() => Host = await TestHost.StartAsync();

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }
}
