using Amazon.CDK;
using Constructs;
using DomainFlow.Cdk.Configuration;

namespace DomainFlow.Cdk.Constructs;

/// <summary>
/// Lays the schema in each deployment that brings new scripts, and makes or checks the search indexes in each that brings other code or
/// search settings: an index that does not fit fails the deployment, not its reports. CloudFormation calls DbInit, which answers it itself:
/// no helper function stands between them.
/// </summary>
public sealed class DbInitResource : Construct
{
    public DbInitResource(Construct scope, LambdaFunction dbInit, EnvironmentConfiguration configuration, BuildInputs inputs)
        : base(scope, "Schema")
    {
        Resource = new CfnCustomResource(this, "Resource", new CfnCustomResourceProps { ServiceToken = dbInit.Function.FunctionArn });
        Resource.AddPropertyOverride("SchemaHash", inputs.SchemaHash());
        Resource.AddPropertyOverride("Search", Search(configuration));
        if (inputs.IsPublished(dbInit.Definition.Name))
            Resource.AddPropertyOverride("CodeHash", inputs.CodeHash(dbInit.Definition.Name));
        // Without it CloudFormation waits an hour for an answer that a dead function cannot give.
        Resource.AddPropertyOverride("ServiceTimeout", 2 * dbInit.Definition.TimeoutSeconds);
    }

    public CfnCustomResource Resource { get; }

    private static string Search(EnvironmentConfiguration configuration) => configuration switch
    {
        { SearchDomain: { } domain } => $"domain {domain.Engine} {domain.Index.Dimensions} {domain.Index.Prefix}".TrimEnd(),
        { SearchCollection: { } collection } => $"{collection.Endpoint} {collection.Index.Dimensions} {collection.Index.Prefix}".TrimEnd(),
        _ => configuration.Search,
    };
}
