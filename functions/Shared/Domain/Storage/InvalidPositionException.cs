namespace DomainFlow.Domain.Storage;

/// <summary><see cref="ItemQuery.Position"/> is not one that a page of this very query (table, index, partition, bounds, direction) gave.</summary>
public sealed class InvalidPositionException() : Exception("The position does not belong to this query.");
