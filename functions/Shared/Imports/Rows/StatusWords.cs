namespace DomainFlow.Imports.Rows;

/// <summary>What the words of a file's status column mean for the work on a report.</summary>
public sealed class StatusWords
{
    /// <summary>What a report may be: <c>management_data.status</c>.</summary>
    public static IReadOnlyList<string> All { get; } = ["pending", "in_progress", "resolved", "closed"];

    private static readonly Dictionary<string, string> Usual = Words(
        ("pending", "pending|open|opened|new|received|reported|submitted|registered|unassigned|todo|to do|not started|offen|neu|eingegangen|abierto|abierta|nuevo|nueva|pendiente|ouvert|nouveau"),
        ("in_progress", "in progress|started|ongoing|active|acknowledged|assigned|accepted|scheduled|dispatched|under review|in review|investigating|on hold"
            + "|in bearbeitung|in arbeit|en proceso|en curso|en cours"),
        ("resolved", "resolved|fixed|completed|complete|done|solved|finished|repaired|erledigt|behoben|gelöst|resuelto|resuelta|solucionado|résolu"),
        ("closed", "closed|archived|cancelled|canceled|rejected|declined|duplicate|invalid|withdrawn|geschlossen|abgeschlossen|cerrado|cerrada|fermé|clos"));

    private readonly Dictionary<string, string> own;

    /// <param name="map">Statuses by the file's words, before the usual ones.</param>
    /// <exception cref="ImportException">A status is not one of <see cref="All"/>.</exception>
    public StatusWords(IReadOnlyDictionary<string, string> map)
    {
        if (map.Values.FirstOrDefault(status => !All.Contains(status)) is { } unknown)
            throw new ImportException($"'{unknown}' is no status: {string.Join(", ", All)}", ImportSettings.Status);
        own = map.ToDictionary(pair => Key(pair.Key), pair => pair.Value);
    }

    /// <summary>Null where the word is not known.</summary>
    public string? Read(string word) => word.Length > 100 ? null : own.GetValueOrDefault(Key(word)) ?? Usual.GetValueOrDefault(Key(word));

    private static string Key(string word) => string.Join(' ', word.ToLowerInvariant().Split([' ', '_', '-', '\t'], StringSplitOptions.RemoveEmptyEntries));

    private static Dictionary<string, string> Words(params (string Status, string Words)[] lists) =>
        lists.SelectMany(list => list.Words.Split('|').Select(word => (word, list.Status))).ToDictionary(pair => pair.word, pair => pair.Status);
}
