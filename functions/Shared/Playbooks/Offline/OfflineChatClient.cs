using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using DomainFlow.Playbooks.Agents;
using Microsoft.Extensions.AI;

namespace DomainFlow.Playbooks.Offline;

/// <summary>
/// A chat client without a language model: it fills the response schema by rules from the data blocks of the messages. The same
/// messages give the same answer. Instructions are not read, so none in the data can be followed. Photos are known by their EXIF only.
/// </summary>
public sealed class OfflineChatClient : IChatClient
{
    /// <summary>What <see cref="ChatResponse.ModelId"/> says.</summary>
    public const string ModelId = "offline";

    private static readonly ChatClientMetadata About = new("offline", null, ModelId);

    /// <summary>Answers with JSON for the schema of <see cref="ChatOptions.ResponseFormat"/>, or with calls of the offered tools.</summary>
    /// <exception cref="ArgumentException">No JSON schema is asked for: nothing can be said without a model.</exception>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (options?.ResponseFormat is not ChatResponseFormatJson { Schema: { } schema } format)
            throw new ArgumentException("The offline provider has no language model: it only fills a JSON schema"
                + " (ChatOptions.ResponseFormat).", nameof(options));
        var all = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var blocks = DataBlock.Read(all);
        var asked = (JsonObject)JsonNode.Parse(schema.GetRawText())!;
        IList<AIContent> contents;
        if (blocks.ContainsKey("findings"))
            contents = Json(OfflineSummary.Of(blocks));
        else if (blocks.ContainsKey(DataBlock.Question))
            contents = QuestionTurn.Next(format.SchemaName ?? "", all, blocks, options.Tools ?? [], asked);
        else
            contents = Json(new SchemaFiller(ReportData.Read(blocks), cancellationToken).Fill(asked));
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, contents))
        {
            ModelId = ModelId,
            FinishReason = contents[0] is FunctionCallContent ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop,
            Usage = new UsageDetails { InputTokenCount = 0, OutputTokenCount = 0, TotalTokenCount = 0 },
            AdditionalProperties = new AdditionalPropertiesDictionary { ["note"] = "Rules, no language model; photos by their EXIF only." },
        });
    }

    /// <summary>The whole answer as one update.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken);
        foreach (var update in response.ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null : serviceType == typeof(ChatClientMetadata) ? About : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // Holds nothing.
    }

    private static List<AIContent> Json(JsonObject answer) => [new TextContent(JsonText.Write(answer))];
}
