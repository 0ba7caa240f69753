using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DomainFlow.EchoFunction;

// A function without a runtime client: it speaks the Runtime API over plain HTTP and does what the payload's command says.
var runtime = new Uri($"http://{Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")}/2018-06-01/runtime/");
using var client = new HttpClient { BaseAddress = runtime, Timeout = Timeout.InfiniteTimeSpan };

switch (Environment.GetEnvironmentVariable("ECHO_INIT"))
{
    case "error":
        await client.PostAsJsonAsync("init/error", new { errorType = "Echo.Init", errorMessage = "DB_HOST is not set" });
        return 1;
    case "exit":
        Console.WriteLine("no reason to live");
        return 3;
    case "hang":
        await Task.Delay(Timeout.Infinite);
        break;
}

while (true)
{
    using var next = await client.GetAsync("invocation/next");
    next.EnsureSuccessStatusCode();
    var id = next.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single();
    var payload = JsonNode.Parse(await next.Content.ReadAsStringAsync());
    try
    {
        var answer = await Commands.RunAsync(payload, next.Headers);
        using var content = new StringContent(answer, System.Text.Encoding.UTF8, "application/json");
        using var sent = await client.PostAsync($"invocation/{id}/response", content);
    }
    catch (InvalidOperationException e)
    {
        using var sent = await client.PostAsJsonAsync($"invocation/{id}/error", new { errorType = "Echo.Thrown", errorMessage = e.Message });
    }
}
