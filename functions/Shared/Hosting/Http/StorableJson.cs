using System.Text;
using System.Text.Json;
using DomainFlow.Domain.Storage;

namespace DomainFlow.Hosting.Http;

/// <summary>
/// Finds what is valid JSON and yet no store can keep: U+0000, lone surrogates, and what <see cref="ItemLimits"/> names (numbers too large
/// or of too many digits, values too deep, members without a name).
/// </summary>
internal static class StorableJson
{
    /// <summary>A value of a body stands at most so deep in an item: in a list of records with values.</summary>
    private const int DepthInItem = 4;

    /// <exception cref="ProblemException">400, naming the member of the outermost object that holds it.</exception>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static void Check(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        var field = "body";
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.String)) continue;
            var value = Text(ref reader, field);
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
            {
                field = value;
            }
        }

        CheckLimits(text);
    }

    private static void CheckLimits(string text)
    {
        using var body = JsonDocument.Parse(text, ItemLimits.Parsing);
        if (body.RootElement.ValueKind != JsonValueKind.Object) return;
        foreach (var member in body.RootElement.EnumerateObject())
        {
            if (ItemLimits.Problem(member.Value, member.Name, DepthInItem) is { } problem)
            {
                throw new ProblemException(Problem.Invalid(member.Name, problem));
            }
        }
    }

    private static string Text(ref Utf8JsonReader reader, string field)
    {
        string? text = null;
        try
        {
            text = reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // An escape names half of a surrogate pair.
        }

        return text is not null && !text.Contains('\0', StringComparison.Ordinal)
            ? text
            : throw new ProblemException(Problem.Invalid(field, $"{field} holds U+0000 or half of a surrogate pair, which is no text"));
    }
}
