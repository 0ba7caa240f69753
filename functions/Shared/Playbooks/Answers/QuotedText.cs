using System.Text.RegularExpressions;
using DomainFlow.Playbooks.Language;

namespace DomainFlow.Playbooks.Answers;

/// <summary>Sentences that quote.</summary>
internal static partial class QuotedText
{
    /// <summary>The sentences whose quotations all hold; one without a quotation stays. Quotations of fewer than three words are names and emphasis.</summary>
    public static string KeepSentences(string text, Func<string, bool> holds) =>
        string.Join(' ', Sentences.Of(text).Where(sentence => Quoted().Matches(sentence)
            .Select(match => match.Groups[1].Value)
            .Where(quote => Words.Of(quote).Count >= 3)
            .All(holds)));

    [GeneratedRegex("""["“”«]([^"“”«»]+)["“”»]""")]
    private static partial Regex Quoted();
}
