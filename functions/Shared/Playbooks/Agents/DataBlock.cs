using System.Text.RegularExpressions;
using DomainFlow.Playbooks.Language;
using Microsoft.Extensions.AI;

namespace DomainFlow.Playbooks.Agents;

/// <summary>
/// Data in a prompt: report text, a question, context, outputs. It stands between marks that the data cannot hold, so that nothing in it
/// reads as an instruction or ends the block.
/// </summary>
/// <param name="Name">Lower-case letters and underscores.</param>
public sealed partial record DataBlock(string Name, string Content)
{
    public const string Text = "text";
    public const string Context = "context";
    public const string Question = "question";
    public const string History = "history";
    public const string Outputs = "outputs";
    public const string Answer = "answer";

    /// <summary>The block as it stands in a message.</summary>
    public string Render()
    {
        var content = UntrustedText.Strip(Content);
        var mark = Mark(content);
        return $"[[data {Name} {mark}]]\n{content}\n[[end {mark}]]\n";
    }

    /// <summary>The blocks in the user messages that <see cref="AgentExecutor"/> wrote; of two with one name, the first.</summary>
    public static IReadOnlyDictionary<string, string> Read(IEnumerable<ChatMessage> messages)
    {
        var blocks = new Dictionary<string, string>();
        foreach (var text in messages.Where(message => message.Role == ChatRole.User).Select(message => message.Text))
        {
            var at = 0;
            while (Opening().Match(text, at) is { Success: true } opening)
            {
                var start = opening.Index + opening.Length;
                var end = text.IndexOf($"\n[[end {opening.Groups[2].Value}]]\n", start, StringComparison.Ordinal);
                at = end < 0 ? start : end;
                if (end >= 0)
                    blocks.TryAdd(opening.Groups[1].Value, text[start..end]);
            }
        }

        return blocks;
    }

    private static string Mark(string content)
    {
        for (ulong salt = 0; ; salt++)
        {
            var mark = StableHash.Of(content, salt).ToString("x16");
            if (!content.Contains(mark, StringComparison.Ordinal))
                return mark;
        }
    }

    [GeneratedRegex(@"\[\[data ([a-z_]+) ([0-9a-f]{16})\]\]\n")]
    private static partial Regex Opening();
}
