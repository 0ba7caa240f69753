using System.Net;
using System.Text;

namespace DomainFlow.LocalHost.Tests;

public sealed class InvokeApiTests(GatewayTests.Running running) : IClassFixture<GatewayTests.Running>
{
    private TestHost Host => running.Host;

    [Theory]
    [InlineData("Echo")]
    [InlineData("Echo:$LATEST")]
    [InlineData("000000000000:function:Echo")]
    [InlineData("arn:aws:lambda:local-1:000000000000:function:Echo")]
    [InlineData("arn%3Aaws%3Alambda%3Alocal-1%3A000000000000%3Afunction%3AEcho")]
    public async Task A_function_is_invoked_by_name_or_ARN(string name)
    {
        using var response = await Host.InvokeAsync(name, new { hello = "you" });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("""{"hello":"you"}""", await response.Content.ReadAsStringAsync());
        Assert.Equal("$LATEST", response.Headers.GetValues("X-Amz-Executed-Version").Single());
        Assert.False(response.Headers.Contains("X-Amz-Function-Error"));
    }

    [Fact]
    public async Task A_function_error_is_a_200_that_says_so()
    {
        using var response = await Host.InvokeAsync("Echo", new { command = "throw" });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("Unhandled", response.Headers.GetValues("X-Amz-Function-Error").Single());
        Assert.Equal("thrown as told", (await TestHost.ReadAsync(response))["errorMessage"]!.ToString());
    }

    [Fact]
    public async Task A_process_that_ends_is_an_exit_error()
    {
        using var response = await Host.InvokeAsync("Echo", new { command = "die" });
        var error = await TestHost.ReadAsync(response);
        Assert.Equal("Runtime.ExitError", error["errorType"]!.ToString());
        Assert.Contains("exit status 7", error["errorMessage"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_tail_holds_what_the_function_printed()
    {
        using var response = await Host.InvokeAsync("Echo", new { command = "print", text = "a line for the tail" }, ("X-Amz-Log-Type", "Tail"));
        var tail = Encoding.UTF8.GetString(Convert.FromBase64String(response.Headers.GetValues("X-Amz-Log-Result").Single()));
        Assert.Contains("a line for the tail", tail, StringComparison.Ordinal);
        Assert.Matches("Echo/[0-9] +info +a line for the tail", Host.Log);
    }

    [Fact]
    public async Task An_unknown_function_is_not_found()
    {
        using var response = await Host.InvokeAsync("Nobody", new { });
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("ResourceNotFoundException", response.Headers.GetValues("x-amzn-ErrorType").Single());
    }

    [Fact]
    public async Task A_dry_run_runs_nothing()
    {
        using var response = await Host.InvokeAsync("Echo", new { command = "die" }, ("X-Amz-Invocation-Type", "DryRun"));
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    [Fact]
    public async Task A_call_without_a_signature_header_is_refused()
    {
        using var response = await Host.Client.PostAsync("2015-03-31/functions/Echo/invocations", TestHost.Json(new { }));
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task A_payload_that_is_no_JSON_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "2015-03-31/functions/Echo/invocations") { Content = new StringContent("{\"open") };
        using var response = await Host.SendSignedAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("InvalidRequestContentException", response.Headers.GetValues("x-amzn-ErrorType").Single());
    }

    [Fact]
    public async Task A_payload_over_6_MB_is_refused()
    {
        using var response = await Host.InvokeAsync("Echo", new { text = new string('x', 6_300_000) });
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("RequestTooLargeException", response.Headers.GetValues("x-amzn-ErrorType").Single());
    }
}
