using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DomainFlow.Cdk.Configuration;

/// <summary>Reads one object of cdk.json's context, checks each value and says by its full key what is wrong.</summary>
internal sealed class SettingsReader(JsonObject settings, string path)
{
    private readonly HashSet<string> known = [];

    /// <exception cref="ConfigurationException">The value is not an object.</exception>
    public static SettingsReader Of(JsonNode? node, string path) =>
        new(node as JsonObject ?? throw new ConfigurationException($"{path}: an object is needed"), path);

    public string Text(string key) => OptionalText(key) ?? throw Wrong(key, "a text is needed");

    public string? OptionalText(string key) => Find(key) switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) && text.Trim().Length > 0 => text,
        _ => throw Wrong(key, "a text is needed, not empty"),
    };

    public string Choice(string key, params string[] choices) =>
        choices.Contains(Text(key)) ? Text(key) : throw Wrong(key, $"'{Text(key)}' is none of {string.Join(", ", choices)}");

    public string Matching(string key, Regex pattern, string what) => pattern.IsMatch(Text(key)) ? Text(key) : throw Wrong(key, what);

    public int Number(string key, int least, int most) =>
        Find(key) is JsonValue value && ToNumber(value) is { } number && number >= least && number <= most
            ? number
            : throw Wrong(key, $"a whole number from {least} to {most} is needed");

    public bool Flag(string key) =>
        Find(key) is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : throw Wrong(key, "true or false is needed");

    public SettingsReader Section(string key) => Of(Find(key), $"{path}.{key}");

    public bool Has(string key) => Find(key) is not null;

    public IReadOnlyList<string> Texts(string key) => Find(key) switch
    {
        null => [],
        JsonArray array when array.All(IsText) => [.. array.Select(item => item!.GetValue<string>())],
        _ => throw Wrong(key, "a list of texts is needed"),
    };

    public IReadOnlyDictionary<string, string> Pairs(string key) => Find(key) switch
    {
        null => new Dictionary<string, string>(),
        JsonObject pairs when pairs.All(pair => IsText(pair.Value)) => pairs.ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<string>()),
        _ => throw Wrong(key, "an object whose values are texts is needed"),
    };

    public ConfigurationException Wrong(string key, string what) => new($"{path}.{key}: {what}");

    /// <summary>Refuses keys that nothing has read: a misspelt setting must not go unnoticed.</summary>
    public void RefuseOthers()
    {
        var others = settings.Select(setting => setting.Key).Where(key => !known.Contains(key)).ToList();
        if (others.Count > 0)
            throw Wrong(others[0], "there is no such setting");
    }

    private JsonNode? Find(string key)
    {
        known.Add(key);
        return settings[key];
    }

    private static bool IsText(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out _);

    // By its text: the CDK's bridge hands whole numbers over as doubles, a parsed file as they stand.
    private static int? ToNumber(JsonValue value) =>
        value.GetValueKind() == JsonValueKind.Number && double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture) is var number
        && number == Math.Floor(number) && Math.Abs(number) < int.MaxValue
            ? (int)number
            : null;
}
