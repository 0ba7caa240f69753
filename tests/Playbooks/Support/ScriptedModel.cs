using Microsoft.Extensions.AI;

namespace DomainFlow.Playbooks.Tests.Support;

/// <summary>A model that says what a test tells it to, and remembers what it was asked.</summary>
internal sealed class ScriptedModel(params Func<IReadOnlyList<ChatMessage>, ChatOptions?, ChatResponse>[] turns) : IChatClient
{
    private int turn;

    public List<IReadOnlyList<ChatMessage>> Asked { get; } = [];

    public List<ChatOptions?> Options { get; } = [];

    public static Func<IReadOnlyList<ChatMessage>, ChatOptions?, ChatResponse> Says(string text) =>
        (_, _) => new ChatResponse(new ChatMessage(ChatRole.Assistant, text)) { Usage = new UsageDetails { InputTokenCount = 10, OutputTokenCount = 3 } };

    public static Func<IReadOnlyList<ChatMessage>, ChatOptions?, ChatResponse> Calls(string tool, params (string Key, object? Value)[] arguments) =>
        (_, _) => new ChatResponse(new ChatMessage(
            ChatRole.Assistant,
            [new FunctionCallContent("1", tool, arguments.ToDictionary(argument => argument.Key, argument => argument.Value))]));

    public static Func<IReadOnlyList<ChatMessage>, ChatOptions?, ChatResponse> Throws(Exception error) => (_, _) => throw error;

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var seen = messages.ToList();
        Asked.Add(seen);
        Options.Add(options);
        return Task.FromResult(turns[Math.Min(turn++, turns.Length - 1)](seen, options));
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
