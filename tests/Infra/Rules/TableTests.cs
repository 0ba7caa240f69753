using System.Text.Json.Nodes;
using DomainFlow.Infra.Tests.Synthesis;
using DomainFlow.Topology;

namespace DomainFlow.Infra.Tests.Rules;

public class TableTests(Systems systems) : SystemTests(systems)
{
    [Theory]
    [MemberData(nameof(Environments))]
    public void The_tables_are_exactly_those_of_the_topology(string environment)
    {
        var system = Systems[environment];
        Assert.Equal(SystemMap.Tables.Select(table => Describe(system, table)).Order(), system.Data.OfType("AWS::DynamoDB::Table").Select(Describe).Order());
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void Every_declared_attribute_is_in_a_key_and_the_other_way_round(string environment) =>
        Assert.All(Systems[environment].Data.OfType("AWS::DynamoDB::Table"), table =>
        {
            var declared = table.Properties["AttributeDefinitions"]!.AsArray().Select(a => a!["AttributeName"]!.ToString());
            var keys = Indexes(table).Select(index => index["KeySchema"]).Prepend(table.Properties["KeySchema"]).SelectMany(schema => schema!.AsArray());
            Assert.Equal(keys.Select(key => key!["AttributeName"]!.ToString()).Distinct().Order(), declared.Order());
        });

    [Theory]
    [MemberData(nameof(Environments))]
    public void Every_table_is_on_demand_encrypted_and_restorable(string environment) =>
        Assert.All(Systems[environment].Data.OfType("AWS::DynamoDB::Table"), table =>
        {
            Assert.Equal("PAY_PER_REQUEST", table["BillingMode"]);
            Assert.Equal("true", table["SSESpecification.SSEEnabled"]);
            Assert.Equal("true", table["PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled"]);
        });

    [Theory]
    [InlineData("dev", "false", "Delete")]
    [InlineData("prod", "true", "Retain")]
    public void Tables_are_protected_from_deletion_outside_development(string environment, string isProtected, string policy) =>
        Assert.All(Systems[environment].Data.OfType("AWS::DynamoDB::Table"), table =>
        {
            Assert.Equal(isProtected, table["DeletionProtectionEnabled"]);
            Assert.Equal(policy, table.Json["DeletionPolicy"]!.ToString());
        });

    [Fact]
    public void The_prefix_of_the_specification_gives_its_names()
    {
        var names = Systems.Unusual.Data.OfType("AWS::DynamoDB::Table").Select(table => table["TableName"]);
        Assert.Contains("ai-assistant-users", names);
    }

    private static string Describe(SynthesisedSystem system, TableDefinition table)
    {
        var indexes = table.Indexes.Select(i => $"{i.Name}({i.PartitionKey} {i.SortKey}){Projected(i.Projection)}");
        var stream = table.Stream switch { StreamView.KeysOnly => "KEYS_ONLY", StreamView.NewAndOldImages => "NEW_AND_OLD_IMAGES", _ => "" };
        return $"{Name(system, table.Name)}({table.PartitionKey} {table.SortKey}) [{string.Join(' ', indexes)}] stream {stream} expiry {table.TimeToLive}";
    }

    private static string Projected(IndexProjection projection) => projection switch
    {
        IndexProjection.All => "ALL ",
        IndexProjection.KeysOnly => "KEYS_ONLY ",
        _ => "INCLUDE tenant_id",
    };

    private static string Describe(Resource table)
    {
        var indexes = Indexes(table).Select(index => $"{index["IndexName"]}({Keys(index["KeySchema"]!)}){index["Projection"]!["ProjectionType"]} "
            + string.Join(',', index["Projection"]!["NonKeyAttributes"]?.AsArray().Select(a => a!.ToString()) ?? []));
        return $"{table["TableName"]}({Keys(table.Properties["KeySchema"]!)}) [{string.Join(' ', indexes)}] "
            + $"stream {table["StreamSpecification.StreamViewType"]} expiry {table["TimeToLiveSpecification.AttributeName"]}";
    }

    private static IEnumerable<JsonNode> Indexes(Resource table) => table.Properties["GlobalSecondaryIndexes"]?.AsArray().Select(index => index!) ?? [];

    private static string Keys(JsonNode schema)
    {
        var names = schema.AsArray().ToDictionary(key => key!["KeyType"]!.ToString(), key => key!["AttributeName"]!.ToString());
        return $"{names["HASH"]} {names.GetValueOrDefault("RANGE")}";
    }
}
