using System.Text.Json;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.Serialization.SystemTextJson.Converters;

/// <summary>Times as AWS events bear them: ISO 8601 text, or a number since 1970, in milliseconds when it is too big for seconds.</summary>
public class DateTimeConverter : JsonConverter<DateTime>
{
    // 31 December 6968 in seconds: what is larger must be milliseconds.
    private const long LargestSeconds = 157753180800;

    /// <inheritdoc/>
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String when reader.TryGetDateTime(out var time) => time,
        JsonTokenType.Number when reader.TryGetInt64(out var number) =>
            number > LargestSeconds ? DateTime.UnixEpoch.AddMilliseconds(number) : DateTime.UnixEpoch.AddSeconds(number),
        JsonTokenType.Number when reader.TryGetDouble(out var seconds) => DateTime.UnixEpoch.AddSeconds(seconds),
        _ => throw new JsonSerializerException($"Cannot read a time from a {reader.TokenType} token: expected ISO 8601 text or a number since 1970."),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
