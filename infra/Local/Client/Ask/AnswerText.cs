using System.Globalization;
using DomainFlow.Local.Client.Api;

namespace DomainFlow.Local.Client.Ask;

/// <summary>An answer, for people.</summary>
internal static class AnswerText
{
    private const int MaxSnippet = 110;

    public static async Task WriteAsync(TextWriter output, QueryState answer, string indent)
    {
        await output.WriteLineAsync($"{indent}{answer.Summary ?? answer.FailureReason ?? answer.Status}");
        foreach (var bullet in answer.Bullets ?? []) await output.WriteLineAsync($"{indent}  - {bullet}");
        foreach (var reference in answer.ReferencesUsed ?? [])
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{indent}  [{reference.Score:0.00}] {reference.Kind} {reference.Id} {reference.ReportedAt:yyyy-MM-dd}  {OneLine(reference.Snippet)}"));
    }

    private static string OneLine(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= MaxSnippet ? line : line[..MaxSnippet] + "…";
    }
}
