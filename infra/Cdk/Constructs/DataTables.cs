using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Constructs;
using DomainFlow.Cdk.Configuration;
using DomainFlow.Topology;

namespace DomainFlow.Cdk.Constructs;

/// <summary>The DynamoDB tables of Topology: on demand, encrypted, restorable to any second of the last 35 days.</summary>
public sealed class DataTables : Construct
{
    private readonly Dictionary<string, CfnTable> tables = [];

    public DataTables(Construct scope, EnvironmentConfiguration configuration)
        : base(scope, "Tables")
    {
        var names = new PhysicalNames(configuration);
        foreach (var definition in SystemMap.Tables)
        {
            var table = new CfnTable(this, definition.Name, Properties(definition, names, configuration));
            table.ApplyRemovalPolicy(Removal.Of(configuration));
            tables.Add(definition.Name, table);
        }
    }

    /// <summary>ARN of the stream of a table that has one.</summary>
    public string StreamArn(string table) => tables[table].AttrStreamArn;

    private static CfnTableProps Properties(TableDefinition table, PhysicalNames names, EnvironmentConfiguration configuration) => new()
    {
        TableName = names.Of(table.Name),
        BillingMode = "PAY_PER_REQUEST",
        AttributeDefinitions = Attributes(table),
        KeySchema = Keys(table.PartitionKey, table.SortKey),
        GlobalSecondaryIndexes = table.Indexes.Count == 0 ? null : table.Indexes.Select(Index).ToArray(),
        StreamSpecification = Stream(table.Stream),
        TimeToLiveSpecification = table.TimeToLive is { } attribute
            ? new CfnTable.TimeToLiveSpecificationProperty { AttributeName = attribute, Enabled = true }
            : null,
        PointInTimeRecoverySpecification = new CfnTable.PointInTimeRecoverySpecificationProperty { PointInTimeRecoveryEnabled = true },
        SseSpecification = new CfnTable.SSESpecificationProperty { SseEnabled = true },
        DeletionProtectionEnabled = configuration.RetainData,
    };

    // DynamoDB refuses an attribute that is declared and in no key.
    private static CfnTable.AttributeDefinitionProperty[] Attributes(TableDefinition table) =>
    [
        .. table.Indexes.SelectMany(index => new[] { index.PartitionKey, index.SortKey })
            .Prepend(table.SortKey)
            .Prepend(table.PartitionKey)
            .OfType<string>()
            .Distinct()
            .Select(name => new CfnTable.AttributeDefinitionProperty { AttributeName = name, AttributeType = "S" }),
    ];

    private static CfnTable.KeySchemaProperty[] Keys(string partition, string? sort)
    {
        var key = new CfnTable.KeySchemaProperty { AttributeName = partition, KeyType = "HASH" };
        return sort is null ? [key] : [key, new CfnTable.KeySchemaProperty { AttributeName = sort, KeyType = "RANGE" }];
    }

    private static CfnTable.GlobalSecondaryIndexProperty Index(IndexDefinition index) => new()
    {
        IndexName = index.Name,
        KeySchema = Keys(index.PartitionKey, index.SortKey),
        Projection = index.Projection switch
        {
            IndexProjection.All => new CfnTable.ProjectionProperty { ProjectionType = "ALL" },
            IndexProjection.KeysOnly => new CfnTable.ProjectionProperty { ProjectionType = "KEYS_ONLY" },
            IndexProjection.KeysAndTenant => new CfnTable.ProjectionProperty { ProjectionType = "INCLUDE", NonKeyAttributes = ["tenant_id"] },
            _ => throw new InvalidOperationException($"No projection {index.Projection}"),
        },
    };

    private static CfnTable.StreamSpecificationProperty? Stream(StreamView view) => view switch
    {
        StreamView.None => null,
        StreamView.KeysOnly => new CfnTable.StreamSpecificationProperty { StreamViewType = "KEYS_ONLY" },
        StreamView.NewAndOldImages => new CfnTable.StreamSpecificationProperty { StreamViewType = "NEW_AND_OLD_IMAGES" },
        _ => throw new InvalidOperationException($"No stream view {view}"),
    };
}
