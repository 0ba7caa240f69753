using System.Globalization;
using System.Text;
using System.Text.Json;
using DomainFlow.Domain.Storage;

namespace DomainFlow.Hosting.Http;

/// <summary>
/// Finds what is valid JSON and yet ambiguous or no store can keep: duplicate members, U+0000, lone surrogates, and what
/// <see cref="ItemLimits"/> names (numbers too large or of too many digits, values too deep, members without a name).
/// One pass over the body; a path is only written for what is refused, so that long names cost nothing.
/// </summary>
internal static class StorableJson
{
    /// <summary>A value of a body stands at most so deep in an item: in a list of records with values.</summary>
    private const int DepthInItem = 4;
    private const int MaxNameInPath = 100;

    /// <exception cref="ProblemException">400, naming the duplicate member, or the member of the outermost object that holds what is wrong.</exception>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static void Check(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        var levels = new Stack<Level>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    CountItem(levels);
                    Require(DepthInItem + reader.CurrentDepth - 1 <= ItemLimits.MaxDepth, levels, $"lies deeper than {ItemLimits.MaxDepth} levels");
                    levels.Push(new(reader.TokenType == JsonTokenType.StartObject));
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    levels.Pop();
                    break;
                case JsonTokenType.PropertyName:
                    Name(ref reader, levels);
                    break;
                case JsonTokenType.String:
                    CountItem(levels);
                    Text(ref reader, levels);
                    break;
                case JsonTokenType.Number:
                    CountItem(levels);
                    Require(IsExact(reader.ValueSpan), levels, ItemLimits.NumberProblem);
                    break;
                default:
                    CountItem(levels);
                    break;
            }
        }
    }

    private static void Name(ref Utf8JsonReader reader, Stack<Level> levels)
    {
        var level = levels.Peek();
        var name = Text(ref reader, levels);
        Require(name.Length > 0, levels, "has a member without a name");
        level.Member = name;
        if (!level.Names.Add(name))
        {
            var path = Path(levels);
            throw new ProblemException(Problem.Invalid(path, $"The member '{path}' stands there more than once"));
        }
    }

    /// <summary>Short numbers without an exponent, nearly all of them, cost no text.</summary>
    private static bool IsExact(ReadOnlySpan<byte> number) =>
        (number.Length <= ItemLimits.MaxDigits && !number.ContainsAny((byte)'e', (byte)'E')) || ItemLimits.IsExact(Encoding.ASCII.GetString(number));

    private static void CountItem(Stack<Level> levels)
    {
        if (levels.Count > 0)
        {
            levels.Peek().Items++;
        }
    }

    private static string Text(ref Utf8JsonReader reader, Stack<Level> levels)
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

        Require(
            text is not null && !text.Contains('\0', StringComparison.Ordinal),
            levels,
            "holds U+0000 or half of a surrogate pair, which is no text");
        return text!;
    }

    private static void Require(bool holds, Stack<Level> levels, string what)
    {
        if (!holds)
        {
            var field = levels.Count > 0 && levels.Last() is { Member: { } member } ? Short(member) : "body";
            throw new ProblemException(Problem.Invalid(field, $"{(levels.Count > 0 && Path(levels) is { Length: > 0 } path ? path : field)} {what}"));
        }
    }

    /// <summary>For example images[0].size.</summary>
    private static string Path(Stack<Level> levels)
    {
        var path = new StringBuilder();
        foreach (var level in levels.Reverse())
        {
            if (!level.IsObject)
            {
                path.Append(CultureInfo.InvariantCulture, $"[{Math.Max(0, level.Items - 1)}]");
            }
            else if (level.Member is { } member)
            {
                path.Append(path.Length > 0 ? "." : "").Append(Short(member));
            }
        }

        return path.ToString();
    }

    private static string Short(string name) => name.Length <= MaxNameInPath ? name : name[..MaxNameInPath] + "…";

    /// <summary>An object or a list that is being read.</summary>
    private sealed class Level(bool isObject)
    {
        private HashSet<string>? _names;

        public bool IsObject { get; } = isObject;

        public string? Member { get; set; }

        public int Items { get; set; }

        public HashSet<string> Names => _names ??= new(StringComparer.Ordinal);
    }
}
