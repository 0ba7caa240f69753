using System.Globalization;
using System.Text.Json.Nodes;
using DomainFlow.Playbooks.Offline;
using Microsoft.Extensions.AI;

namespace DomainFlow.Chaos.Tests.Kill;

/// <summary>A model that answers differently at every call: what two runs said can be told apart in every store.</summary>
internal sealed class ChangingModel : IChatClient
{
    private readonly OfflineChatClient _rules = new();
    private int _calls;

    public int Calls => _calls;

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        var response = await _rules.GetResponseAsync(messages, options, cancellationToken);
        var answer = JsonNode.Parse(response.Text)!.AsObject();
        Mark(answer, Interlocked.Increment(ref _calls).ToString(CultureInfo.InvariantCulture));
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, answer.ToJsonString()));
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() => _rules.Dispose();

    private static void Mark(JsonObject answer, string call)
    {
        if (answer.ContainsKey("address")) answer["address"] = $"Number {call}, Changing Street";
        if (answer.ContainsKey("time_reference")) answer["time_reference"] = $"time {call}";
        if (answer.ContainsKey("key_phrases")) answer["key_phrases"] = new JsonArray($"phrase {call}");
    }
}
