using System.Text.Json.Nodes;
using DomainFlow.Topology;

namespace DomainFlow.Local.Client.Api;

/// <summary>Calls functions by Lambda's Invoke API, as an operator does.</summary>
internal sealed class FunctionInvoker(SignedDoor door)
{
    /// <summary>Lets DbInit act on a payload; a second time changes nothing.</summary>
    /// <exception cref="ClientException">DbInit failed, or is not there.</exception>
    public Task<JsonNode?> DbInitAsync(JsonObject payload, CancellationToken cancellationToken) =>
        InvokeAsync(SystemMap.DbInit, payload, cancellationToken);

    /// <exception cref="ClientException">The function failed, or is not there.</exception>
    public async Task<JsonNode?> InvokeAsync(string function, JsonObject payload, CancellationToken cancellationToken)
    {
        var (answer, isError) = await door.SendAsync(
            HttpMethod.Post, $"/2015-03-31/functions/{function}/invocations", payload, function, cancellationToken);
        return isError ? throw new ClientException($"{function} failed: {answer?.ToJsonString()}") : answer;
    }
}
