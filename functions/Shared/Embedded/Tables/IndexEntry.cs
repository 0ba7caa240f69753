namespace DomainFlow.Embedded.Tables;

/// <summary>An item's place in one of its table's indexes.</summary>
internal sealed record IndexEntry(string Index, string Partition, string Sort);
