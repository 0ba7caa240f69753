using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DomainFlow.Domain.Storage;

/// <summary>What an item may hold so that every table store gives it back as it was put. The edge asks the same before it takes a value.</summary>
public static class ItemLimits
{
    /// <summary>Of the item's JSON in UTF-8.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Objects and lists in one another, the item itself not counted.</summary>
    public const int MaxDepth = 30;

    /// <summary>Significant digits of a number.</summary>
    public const int MaxDigits = 38;

    /// <summary>Bytes of a partition key, of the table or of an index.</summary>
    public const int MaxPartitionKeyBytes = 2048;

    /// <summary>Bytes of a sort key, of the table or of an index.</summary>
    public const int MaxSortKeyBytes = 1024;

    /// <summary>For reading an item that is to be checked: deep enough that it is the check that refuses.</summary>
    public static readonly JsonDocumentOptions Parsing = new() { MaxDepth = 1000 };

    private const int LowestExponent = -130;
    private const int HighestExponent = 125;

    /// <summary>What is wrong with a number that is not <see cref="IsExact"/>.</summary>
    public static string NumberProblem => $"is a number of more than {MaxDigits} digits, or one outside of 1e{LowestExponent} to 1e{HighestExponent}";

    /// <summary>What no store could keep, by its path and reason; null where all is well.</summary>
    public static string? Problem(JsonElement value, string path = "$", int depth = 0) => value.ValueKind switch
    {
        JsonValueKind.Object or JsonValueKind.Array when depth > MaxDepth => $"{path} lies deeper than {MaxDepth} levels",
        JsonValueKind.Object => value.EnumerateObject().Select(member => MemberProblem(member, path, depth)).FirstOrDefault(found => found is not null),
        JsonValueKind.Array => value.EnumerateArray().Select((item, place) => Problem(item, $"{path}[{place}]", depth + 1))
            .FirstOrDefault(found => found is not null),
        JsonValueKind.Number when !IsExact(value.GetRawText()) =>
            $"{path} {NumberProblem}",
        _ => null,
    };

    /// <summary>Why the text can be no partition or sort key; null where it can.</summary>
    public static string? KeyProblem(string value, bool isSort)
    {
        var most = isSort ? MaxSortKeyBytes : MaxPartitionKeyBytes;
        return value.Length == 0 || value.Contains('\0', StringComparison.Ordinal) ? "must be a text that is not empty and holds no U+0000"
            : Encoding.UTF8.GetByteCount(value) > most ? $"takes at most {most} bytes"
            : null;
    }

    /// <summary>Whether every store gives the number back as it was put.</summary>
    /// <param name="number">As JSON writes it.</param>
    public static bool IsExact(string number)
    {
        var text = number.TrimStart('-');
        var mark = text.IndexOfAny(['e', 'E']);
        var mantissa = mark < 0 ? text : text[..mark];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? mantissa.Length : point;
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var significant = digits.TrimStart('0');
        if (significant.Length == 0)
            return true;
        // The exponent of the first digit that is not zero: 0.05 and 5e-2 have -2.
        var exponent = 0;
        if (mark >= 0 && !int.TryParse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
            return false;
        var leading = (long)exponent + whole - 1 - (digits.Length - significant.Length);
        return significant.TrimEnd('0').Length <= MaxDigits && leading is >= LowestExponent and <= HighestExponent;
    }

    private static string? MemberProblem(JsonProperty member, string path, int depth) =>
        member.Name.Length == 0 ? $"{path} has a member without a name" : Problem(member.Value, $"{path}.{member.Name}", depth + 1);
}
