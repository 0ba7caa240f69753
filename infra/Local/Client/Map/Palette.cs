namespace DomainFlow.Local.Client.Map;

/// <summary>A colour for each category, the same in each drawing.</summary>
internal sealed class Palette(IEnumerable<string> categories)
{
    private const string Unknown = "#6b6b6b";

    private static readonly string[] Colours =
    [
        "#b3541e", "#1f5fbf", "#36a3d9", "#0b3c8c", "#0f8b8d", "#e0b400", "#d62828", "#7a5230", "#8d99ae", "#c2185b",
        "#2e8b3d", "#4a4e69", "#f77f00", "#7b2cbf", "#a44a3f", "#111111", "#7fc8f8", "#999999",
    ];

    private readonly Dictionary<string, string> colours =
        categories.Distinct(StringComparer.Ordinal).Select((id, i) => KeyValuePair.Create(id, Colours[i % Colours.Length])).ToDictionary();

    public string Of(string category) => colours.GetValueOrDefault(category, Unknown);
}
