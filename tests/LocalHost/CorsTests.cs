using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace DomainFlow.LocalHost.Tests;

/// <summary>What the gateway and the object store tell browsers, and the methods that they answer by themselves.</summary>
public sealed class CorsTests(GatewayTests.Running running) : IClassFixture<GatewayTests.Running>
{
    private const string Page = "http://localhost:5173";

    private TestHost Host => running.Host;

    [Theory]
    [InlineData("api/v1/things/1", "GET, HEAD, OPTIONS")]
    [InlineData("api/v1/echo", "POST, OPTIONS")]
    public async Task A_preflight_needs_no_token(string path, string methods)
    {
        using var response = await SendAsync(HttpMethod.Options, path, Page, ("Access-Control-Request-Method", "POST"));
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(methods, string.Join(", ", response.Content.Headers.Allow));
        Assert.Equal(Page, Header(response, "Access-Control-Allow-Origin"));
        Assert.Equal("Origin", Header(response, "Vary"));
        Assert.Equal(methods, Header(response, "Access-Control-Allow-Methods"));
        Assert.Equal("Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, traceparent", Header(response, "Access-Control-Allow-Headers"));
        Assert.Equal("7200", Header(response, "Access-Control-Max-Age"));
        Assert.Null(Header(response, "Access-Control-Allow-Credentials"));
    }

    [Theory]
    [InlineData("https://stranger.example")]
    [InlineData("http://localhost.stranger.example")]
    [InlineData("null")]
    public async Task A_page_from_elsewhere_is_allowed_nothing(string origin)
    {
        foreach (var path in (string[])["api/v1/things/1", "_objects/photos", "_objects/photos/a.jpg"])
        {
            using var response = await SendAsync(HttpMethod.Options, path, origin, ("Access-Control-Request-Method", "GET"));
            Assert.Null(Header(response, "Access-Control-Allow-Origin"));
            Assert.Null(Header(response, "Access-Control-Allow-Methods"));
        }
    }

    [Fact]
    public async Task Origins_may_be_added()
    {
        await using var host = await TestHost.StartAsync(
            change: options => options with { AllowedOrigins = options.AllowedOrigins.And(Topology.AllowedOrigins.Parse("https://app.example.org")) });
        using var request = new HttpRequestMessage(HttpMethod.Options, "api/v1/things/1") { Headers = { { "Origin", "https://app.example.org" } } };
        using var response = await host.Client.SendAsync(request);
        Assert.Equal("https://app.example.org", Header(response, "Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("DELETE", "api/v1/things/1", "GET, HEAD, OPTIONS")]
    [InlineData("POST", "api/v1/open", "GET, HEAD, OPTIONS")]
    [InlineData("GET", "api/v1/echo", "POST, OPTIONS")]
    [InlineData("TRACE", "api/v1/echo", "POST, OPTIONS")]
    public async Task A_method_that_the_path_does_not_have_is_a_405_that_lists_those_that_it_has(string method, string path, string allow)
    {
        using var response = await SendAsync(new HttpMethod(method), path, Page);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(allow, string.Join(", ", response.Content.Headers.Allow));
        Assert.Equal("method_not_allowed", (await TestHost.ProblemAsync(response))["error_code"]!.ToString());
        Assert.Equal("*", Header(response, "Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_401_names_the_scheme_and_any_page_may_read_it()
    {
        using var response = await SendAsync(HttpMethod.Get, "api/v1/things/1", Page);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        Assert.Equal("*", Header(response, "Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task HEAD_reaches_the_function_and_has_no_body()
    {
        using var response = await Host.SendAsync(HttpMethod.Head, "/things/1");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("br;q=0.1, gzip", "gzip")]
    [InlineData("identity", null)]
    [InlineData("gzip;q=0", null)]
    public async Task A_large_answer_is_compressed_as_the_caller_accepts(string accepted, string? encoding)
    {
        using var response = await CompressedAsync(accepted, new string('x', 5000));
        Assert.Equal(encoding, response.Content.Headers.ContentEncoding.SingleOrDefault());
        var bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(encoding is not null, bytes.Length < 1000);
        if (encoding is not null) Assert.Contains("Accept-Encoding", Header(response, "Vary"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_small_answer_is_sent_as_it_is()
    {
        using var response = await CompressedAsync("gzip", "small");
        Assert.Empty(response.Content.Headers.ContentEncoding);
    }

    [Theory]
    [InlineData("_objects/photos", "POST")]
    [InlineData("_objects/photos/tenant/a.jpg", "GET")]
    public async Task A_page_may_fetch_and_post_objects(string path, string method)
    {
        await using var host = await TestHost.StartAsync(TestHost.Echo() with { Buckets = [new("photos", [])] });
        using var request = new HttpRequestMessage(HttpMethod.Options, path) { Headers = { { "Origin", Page }, { "Access-Control-Request-Method", method } } };
        using var response = await host.Client.SendAsync(request);
        Assert.Equal((HttpStatusCode.NoContent, Page), (response.StatusCode, Header(response, "Access-Control-Allow-Origin")));
        Assert.Equal("GET, HEAD, POST", Header(response, "Access-Control-Allow-Methods"));
        using var plain = new HttpRequestMessage(HttpMethod.Get, "_objects/photos/none.jpg") { Headers = { { "Origin", Page } } };
        using var answer = await host.Client.SendAsync(plain);
        Assert.Equal((Page, "ETag", "Origin"),
            (Header(answer, "Access-Control-Allow-Origin"), Header(answer, "Access-Control-Expose-Headers"), Header(answer, "Vary")));
    }

    /// <summary>A page must not reach what only this machine's user may do.</summary>
    [Theory]
    [InlineData("2015-03-31/functions/Echo/invocations")]
    public async Task The_Invoke_API_answers_no_preflight(string path)
    {
        using var response = await SendAsync(HttpMethod.Options, path, Page, ("Access-Control-Request-Method", "POST"));
        Assert.False(response.IsSuccessStatusCode);
        Assert.Null(Header(response, "Access-Control-Allow-Headers"));
    }

    private Task<HttpResponseMessage> CompressedAsync(string accepted, string text)
    {
        var answer = $$"""{"statusCode": 200, "headers": {"Content-Type": "application/json", "Vary": "Origin"}, "body": "{\"text\": \"{{text}}\"}"}""";
        var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/echo") { Content = TestHost.Json(new { command = "raw", answer }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Host.Token);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        return Host.Client.SendAsync(request);
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string origin, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Origin", origin);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        if (method == HttpMethod.Post) request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        return Host.Client.SendAsync(request);
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
