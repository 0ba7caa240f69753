using System.Text.Json.Nodes;

namespace DomainFlow.AwsEndpoints;

/// <summary>One change of an item, as a table's stream tells it.</summary>
/// <param name="Table">The table's name in the system map.</param>
/// <param name="Keys">The item's key attributes.</param>
/// <param name="Event">INSERT, MODIFY or REMOVE.</param>
public sealed record TableChange(string Table, JsonObject Keys, string Event)
{
    /// <summary>The message that a pipe puts into its queue: <c>{"table","keys","event"}</c>.</summary>
    public string ToMessage() => new JsonObject { ["table"] = Table, ["keys"] = Keys.DeepClone(), ["event"] = Event }.ToJsonString();
}

/// <summary>Changes in the order of the stream, and where to go on once they are dealt with.</summary>
public sealed record StreamBatch(IReadOnlyList<TableChange> Changes, StreamCheckpoint Checkpoint);
