using System.Text;
using System.Text.Json.Nodes;
using DomainFlow.Local.Signing;

namespace DomainFlow.Local.Client.Api;

/// <summary>The host's endpoints for its operator: each request is signed with the key in the state folder.</summary>
internal sealed class SignedDoor(HttpClient http, string url, string state, TimeProvider clock)
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(3);

    /// <param name="path">Without a base path, beginning with a slash.</param>
    /// <param name="what">Who is called, for messages.</param>
    /// <exception cref="ClientException">It does not answer, or refuses.</exception>
    public async Task<(JsonNode? Body, bool IsFunctionError)> SendAsync(
        HttpMethod method, string path, JsonObject? body, string what, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Bound);
        using var request = new HttpRequestMessage(method, ApiClient.Gateway(url) + path)
        {
            Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        await OpenSigner().SignAsync(request, clock.GetUtcNow(), limit.Token);
        try
        {
            using var response = await http.SendAsync(request, limit.Token);
            var text = await response.Content.ReadAsStringAsync(limit.Token);
            if (!response.IsSuccessStatusCode) throw new ClientException($"{what} could not be called: {new ApiAnswer(response.StatusCode, text).Problem()}");
            return (JsonNode.Parse(text), response.Headers.Contains("X-Amz-Function-Error"));
        }
        catch (HttpRequestException e)
        {
            throw new ClientException($"--url {url} does not answer: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ClientException($"{what} did not answer within {Bound.TotalMinutes:0} minutes", e);
        }
    }

    private OperatorSigner OpenSigner()
    {
        if (!File.Exists(StateFiles.OperatorKey(state)))
            throw new ClientException($"--state {state} holds no operator's key that may be read: it is not the state folder of a running system, or another user's");
        try
        {
            return OperatorSigner.Open(state);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new ClientException($"the operator's key in --state {state} may not be read: {e.Message}", e);
        }
    }
}
