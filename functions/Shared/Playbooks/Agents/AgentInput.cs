namespace DomainFlow.Playbooks.Agents;

/// <summary>What an agent is given besides its prompt.</summary>
/// <param name="Blocks">Data, in this order.</param>
/// <param name="Images">Photos for models that see; already scaled down and without metadata.</param>
/// <param name="Photos">How many photos the report has, seen or not.</param>
/// <param name="SourceText">The text that spans of extracted values point into; null where there is none.</param>
public sealed record AgentInput(IReadOnlyList<DataBlock> Blocks, IReadOnlyList<ReportImage>? Images = null, string? SourceText = null, int Photos = 0);

/// <param name="Number">From 1, as announced with the report.</param>
/// <param name="MediaType">Such as <c>image/jpeg</c>.</param>
public sealed record ReportImage(int Number, string MediaType, ReadOnlyMemory<byte> Bytes);
