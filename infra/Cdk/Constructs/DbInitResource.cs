using Amazon.CDK;
using Constructs;
using DomainFlow.Cdk.Configuration;

namespace DomainFlow.Cdk.Constructs;

/// <summary>
/// Lays the schema in each deployment that brings new scripts. CloudFormation calls DbInit, which answers it itself: no helper
/// function stands between them.
/// </summary>
public sealed class DbInitResource : Construct
{
    public DbInitResource(Construct scope, LambdaFunction dbInit, BuildInputs inputs)
        : base(scope, "Schema")
    {
        Resource = new CfnCustomResource(this, "Resource", new CfnCustomResourceProps { ServiceToken = dbInit.Function.FunctionArn });
        Resource.AddPropertyOverride("SchemaHash", inputs.SchemaHash());
        // Without it CloudFormation waits an hour for an answer that a dead function cannot give.
        Resource.AddPropertyOverride("ServiceTimeout", $"{2 * dbInit.Definition.TimeoutSeconds}");
    }

    public CfnCustomResource Resource { get; }
}
