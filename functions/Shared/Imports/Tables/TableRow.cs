namespace DomainFlow.Imports.Tables;

/// <summary>One row below the header.</summary>
/// <param name="Number">As a spreadsheet counts: the first row of the file is row 1.</param>
/// <param name="Fields">The cells, as many as the header has; fewer where <paramref name="Fault"/> says so.</param>
/// <param name="Raw">The row's bytes in the file, without the line break; null for a workbook.</param>
/// <param name="Fault">Why the row cannot be read; null for a good one.</param>
/// <param name="EndsFile">Nothing after this row can be read.</param>
public sealed record TableRow(long Number, IReadOnlyList<string> Fields, byte[]? Raw, string? Fault = null, bool EndsFile = false);
