using System.Text.Json.Nodes;

namespace DomainFlow.Upkeep.Reconciling;

/// <summary>Something in which a store differs from the item in Reports, which is the record.</summary>
/// <param name="Kind">One of <see cref="DifferenceKind"/>.</param>
/// <param name="Id">The report's id, or the object's key.</param>
/// <param name="What">What differs, in words.</param>
/// <param name="SeenVersion">The highest version that any store shows of the report: a mended item must lie above it.</param>
/// <param name="ObjectVersion">Of an object, as it was listed: what is stored over it meanwhile is another's.</param>
public sealed record Difference(string Kind, string Id, string What, long SeenVersion = 0, string? ObjectVersion = null)
{
    public JsonObject ToJson() => new() { ["kind"] = Kind, ["id"] = Id, ["what"] = What };
}

public static class DifferenceKind
{
    public const string MissingRow = "missing row";
    public const string WrongRow = "wrong row";
    public const string ExtraRow = "extra row";
    public const string MissingDocument = "missing document";
    public const string WrongDocument = "wrong document";
    public const string ExtraDocument = "extra document";
    public const string Unfinished = "unfinished report";
    public const string MissingObject = "missing object";
    public const string ExtraObject = "extra object";
    public const string UnjudgedObject = "unjudged object";
}
