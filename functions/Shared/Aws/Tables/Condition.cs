using System.Diagnostics;
using System.Globalization;
using Amazon.DynamoDBv2.Model;
using DomainFlow.Domain.Storage;

namespace DomainFlow.Aws.Tables;

/// <summary>A write's condition as DynamoDB's expression: the port's own, that the item is the caller's, and that what has expired is absent.</summary>
internal sealed class Condition
{
    private Condition(string expression) => Expression = expression;

    public string Expression { get; private init; }

    public Dictionary<string, string> Names { get; } = [];

    public Dictionary<string, AttributeValue> Values { get; } = [];

    /// <param name="now">Epoch seconds: what expires by then counts as absent, though it may lie there for two days more.</param>
    public static Condition Of(WriteCondition condition, DynamoTable table, Guid tenant, long now)
    {
        var expires = table.Definition.TimeToLive is not null;
        var made = new Condition(condition switch
        {
            WriteCondition.Always => "attribute_not_exists(#key) OR #tenant = :tenant",
            WriteCondition.Absent => expires
                ? "attribute_not_exists(#key) OR (#tenant = :tenant AND #expiry <= :now)"
                : "attribute_not_exists(#key)",
            WriteCondition.Version => expires
                ? "#tenant = :tenant AND #version = :version AND NOT (#expiry <= :now)"
                : "#tenant = :tenant AND #version = :version",
            _ => throw new UnreachableException(),
        });
        made.Name("#key", table.Definition.PartitionKey);
        made.Name("#tenant", DynamoTable.TenantId, ":tenant", new AttributeValue { S = tenant.ToString() });
        made.Name("#expiry", table.Definition.TimeToLive ?? "", ":now", Number(now));
        made.Name("#version", DynamoTable.Version, ":version", Number((condition as WriteCondition.Version)?.Expected ?? 0));
        return made;
    }

    // DynamoDB refuses a name or a value that its expression does not use.
    private void Name(string placeholder, string attribute, string? valuePlaceholder = null, AttributeValue? value = null)
    {
        if (!Expression.Contains(placeholder, StringComparison.Ordinal))
            return;
        Names[placeholder] = attribute;
        if (valuePlaceholder is not null)
            Values[valuePlaceholder] = value!;
    }

    private static AttributeValue Number(long number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };
}
