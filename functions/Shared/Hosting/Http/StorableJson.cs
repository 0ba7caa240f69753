using System.Text;
using System.Text.Json;

namespace DomainFlow.Hosting.Http;

/// <summary>Finds what is valid JSON and yet no store can keep: U+0000, lone surrogates, numbers beyond a double.</summary>
internal static class StorableJson
{
    /// <exception cref="ProblemException">400, naming the member of the outermost object that holds it.</exception>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static void Check(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        var field = "body";
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String)
            {
                var value = Text(ref reader, field);
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
                {
                    field = value;
                }
            }
            else if (reader.TokenType == JsonTokenType.Number && !(reader.TryGetDouble(out var number) && double.IsFinite(number)))
            {
                throw new ProblemException(Problem.Invalid(field, $"{field} holds a number that is too large"));
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
