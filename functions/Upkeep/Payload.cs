using System.Text.Json.Nodes;

namespace DomainFlow.Upkeep;

/// <summary>What an invocation asks for, read member by member.</summary>
public sealed class Payload(JsonObject members, string path)
{
    /// <exception cref="PayloadException">There is another member.</exception>
    public void Allow(params string[] names)
    {
        if (members.Select(m => m.Key).FirstOrDefault(name => !names.Contains(name)) is { } unknown)
        {
            throw new PayloadException($"{path}.{unknown}", $"is not known here; known are {string.Join(", ", names)}");
        }
    }

    public TimeSpan Seconds(string name, TimeSpan standard) => members[name] switch
    {
        null => standard,
        JsonValue value when value.TryGetValue<double>(out var seconds) && seconds is >= 0 and <= 1e7 => TimeSpan.FromSeconds(seconds),
        _ => throw new PayloadException($"{path}.{name}", "must be a number of seconds"),
    };

    public bool Flag(string name) => members[name] switch
    {
        null => false,
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
        _ => throw new PayloadException($"{path}.{name}", "must be true or false"),
    };

    public Guid Id(string name) =>
        Text(name) is { } text && Guid.TryParseExact(text, "D", out var id) ? id : throw new PayloadException($"{path}.{name}", "must be a UUID");

    public string? Text(string name) => members[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => throw new PayloadException($"{path}.{name}", "must be a text"),
    };
}

/// <summary>The payload is wrong in this field.</summary>
public sealed class PayloadException(string field, string message) : Exception(message)
{
    public string Field { get; } = field;
}
