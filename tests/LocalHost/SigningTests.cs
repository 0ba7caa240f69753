using System.Net;
using System.Text;
using DomainFlow.Local.Signing;

namespace DomainFlow.LocalHost.Tests;

/// <summary>Only the holder of the operator's key invokes functions.</summary>
public sealed class SigningTests(GatewayTests.Running running) : IClassFixture<GatewayTests.Running>
{
    private TestHost Host => running.Host;

    [Theory]
    [InlineData("")]
    [InlineData("AWS4-HMAC-SHA256 Credential=test")]
    [InlineData("AWS4-HMAC-SHA256 Credential=test/20260101/local-1/lambda/aws4_request, SignedHeaders=host, Signature=00")]
    [InlineData("AWS4-HMAC-SHA256 ====,,,=")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a, Credential=b, SignedHeaders=host, Signature=00")]
    [InlineData("Bearer x")]
    public async Task A_header_that_is_no_signature_of_this_machine_is_refused(string authorization)
    {
        using var request = Invocation();
        if (authorization.Length > 0) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        await RefusedAsync(await Host.Client.SendAsync(request));
    }

    [Fact]
    public Task A_body_changed_after_signing_is_refused() =>
        ChangedAsync(request => request.Content = new StringContent("""{"command":"die"}""", Encoding.UTF8, "application/json"));

    [Fact]
    public Task A_path_changed_after_signing_is_refused() =>
        ChangedAsync(request => request.RequestUri = new Uri(request.RequestUri!.AbsoluteUri.Replace("/Echo/", "/Echo%3A1/", StringComparison.Ordinal)));

    [Fact]
    public Task A_query_added_after_signing_is_refused() =>
        ChangedAsync(request => request.RequestUri = new Uri(request.RequestUri!.AbsoluteUri + "?Qualifier=1"));

    [Fact]
    public Task An_amz_header_added_after_signing_is_refused() =>
        ChangedAsync(request => request.Headers.Add("X-Amz-Invocation-Type", "DryRun"));

    [Fact]
    public Task A_session_token_is_refused() =>
        ChangedAsync(request => request.Headers.Add("X-Amz-Security-Token", "x"));

    [Theory]
    [InlineData(-6)]
    [InlineData(6)]
    public async Task A_signature_of_another_time_is_refused(int minutes)
    {
        using var request = Invocation();
        await OperatorSigner.Open(Host.State).SignAsync(request, TimeProvider.System.GetUtcNow().AddMinutes(minutes), CancellationToken.None);
        await RefusedAsync(await Host.Client.SendAsync(request));
    }

    [Fact]
    public async Task Another_machines_key_is_refused()
    {
        using var request = Invocation();
        await OperatorSigner.Open(Host.Folder("another")).SignAsync(request, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        await RefusedAsync(await Host.Client.SendAsync(request), "UnrecognizedClientException");
    }

    [Fact]
    public async Task The_right_id_with_another_secret_is_refused()
    {
        var folder = Host.Folder("guessed");
        var keys = Directory.CreateDirectory(Path.Combine(folder, "keys")).FullName;
        var id = AccessKey.OpenOperator(Host.State).Id;
        await File.WriteAllTextAsync(Path.Combine(keys, "operator.key"), $"{id}\nguessed\n");
        using var request = Invocation();
        await OperatorSigner.Open(folder).SignAsync(request, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        await RefusedAsync(await Host.Client.SendAsync(request), "InvalidSignatureException");
    }

    [Fact]
    public async Task The_key_of_the_object_store_invokes_nothing()
    {
        var folder = Host.Folder("objects-key");
        Directory.CreateDirectory(Path.Combine(folder, "keys"));
        File.Copy(Path.Combine(Host.State, "keys", "objects.key"), Path.Combine(folder, "keys", "operator.key"));
        using var request = Invocation();
        await OperatorSigner.Open(folder).SignAsync(request, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        await RefusedAsync(await Host.Client.SendAsync(request), "UnrecognizedClientException");
    }

    [Fact]
    public async Task A_query_and_signed_amz_headers_are_part_of_the_signature()
    {
        using var request = Invocation("?Qualifier=%24LATEST&a=b%20c");
        request.Headers.Add("X-Amz-Log-Type", "Tail");
        using var response = await Host.SendSignedAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [SkippableFact]
    public async Task The_AWS_command_line_invokes_with_what_credentials_prints()
    {
        Skip.IfNot(Shell.Has("aws"), "there is no aws command line");
        Skip.IfNot(File.Exists(Shell.LocalHost), $"there is no {Shell.LocalHost}");
        var answer = Path.Combine(Host.Folder("cli"), "answer.json");
        var binary = (await Shell.RunAsync("aws --version")).Output.StartsWith("aws-cli/1", StringComparison.Ordinal) ? "" : "--cli-binary-format raw-in-base64-out";
        var (code, output) = await Shell.RunAsync(
            $$"""
            eval "$('{{Shell.LocalHost}}' credentials --state '{{Host.State}}' --url '{{Host.System.Url}}')"
            aws lambda invoke --function-name arn:aws:lambda:local-1:000000000000:function:Echo {{binary}} --payload '{"hello":"you"}' '{{answer}}'
            """);
        Assert.True(code == 0, output);
        Assert.Equal("""{"hello":"you"}""", await File.ReadAllTextAsync(answer));
        (code, output) = await Shell.RunAsync($"AWS_ACCESS_KEY_ID=a AWS_SECRET_ACCESS_KEY=b aws lambda invoke --endpoint-url http://127.0.0.1:{Host.System.Port}"
            + $" --region local-1 --function-name Echo '{answer}'");
        Assert.True(code != 0 && output.Contains("UnrecognizedClientException", StringComparison.Ordinal), output);
    }

    private async Task ChangedAsync(Action<HttpRequestMessage> change)
    {
        using var request = Invocation();
        await OperatorSigner.Open(Host.State).SignAsync(request, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        change(request);
        await RefusedAsync(await Host.Client.SendAsync(request));
    }

    private HttpRequestMessage Invocation(string query = "") =>
        new(HttpMethod.Post, new Uri(Host.Client.BaseAddress!, "2015-03-31/functions/Echo/invocations" + query)) { Content = TestHost.Json(new { hello = "you" }) };

    private static async Task RefusedAsync(HttpResponseMessage response, string? type = null)
    {
        using (response)
        {
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            if (type is not null) Assert.Equal(type, response.Headers.GetValues("x-amzn-ErrorType").Single());
            Assert.Contains("Message", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }
}
