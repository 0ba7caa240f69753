using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using DomainFlow.Topology;

namespace DomainFlow.Local.Client.Api;

/// <summary>Calls functions by Lambda's Invoke API, as an operator does.</summary>
internal sealed class FunctionInvoker(HttpClient http, string url)
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(3);

    /// <summary>Lets DbInit act on a payload; a second time changes nothing.</summary>
    /// <exception cref="ClientException">DbInit failed, or is not there.</exception>
    public async Task<JsonNode?> DbInitAsync(JsonObject payload, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Bound);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{ApiClient.Gateway(url)}/2015-03-31/functions/{SystemMap.DbInit}/invocations")
        {
            Content = new StringContent(payload.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        // The host on this machine wants a signature to be there and does not verify it.
        request.Headers.Authorization = new AuthenticationHeaderValue("AWS4-HMAC-SHA256", "Credential=local");
        try
        {
            using var response = await http.SendAsync(request, limit.Token);
            var body = await response.Content.ReadAsStringAsync(limit.Token);
            if (!response.IsSuccessStatusCode) throw new ClientException($"DbInit could not be called: {new ApiAnswer(response.StatusCode, body).Problem()}");
            if (response.Headers.Contains("X-Amz-Function-Error")) throw new ClientException($"DbInit failed: {body}");
            return JsonNode.Parse(body);
        }
        catch (HttpRequestException e)
        {
            throw new ClientException($"--url {url} does not answer: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ClientException($"DbInit did not answer within {Bound.TotalMinutes:0} minutes", e);
        }
    }
}
