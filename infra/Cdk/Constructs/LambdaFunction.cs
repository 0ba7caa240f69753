using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Logs;
using Constructs;
using DomainFlow.Cdk.Configuration;
using DomainFlow.Cdk.Stacks;
using DomainFlow.Topology;

namespace DomainFlow.Cdk.Constructs;

/// <summary>One of Topology's functions with its own role, log group and variables, in the VPC.</summary>
public sealed class LambdaFunction : Construct
{
    public LambdaFunction(Construct scope, FunctionDefinition definition, EnvironmentConfiguration configuration, BuildInputs inputs, DataStack data)
        : base(scope, definition.Name)
    {
        Definition = definition;
        var names = new PhysicalNames(configuration);
        var role = new Role(this, "Role", new RoleProps
        {
            AssumedBy = new ServicePrincipal("lambda.amazonaws.com"),
            Description = $"What {definition.Name} may do",
            InlinePolicies = new Dictionary<string, PolicyDocument> { ["grants"] = new FunctionGrants(configuration, data).Of(definition) },
        });
        Function = new Function(this, "Function", new FunctionProps
        {
            FunctionName = names.Of(definition.Name),
            Description = definition.Description,
            Runtime = Runtime.PROVIDED_AL2023,
            Architecture = Architecture.X86_64,
            Handler = "bootstrap",
            Code = Code.FromAsset(inputs.Code(definition.Name)),
            MemorySize = definition.MemoryMb,
            Timeout = Duration.Seconds(definition.TimeoutSeconds),
            Environment = new FunctionVariables(configuration, data).Of(definition),
            // The inline policy is the whole of it: nothing else may add to the role.
            Role = role.WithoutPolicyUpdates(),
            LogGroup = LogGroups.Make(this, "Logs", names.LogGroup(definition.Name), configuration),
            Vpc = data.Network.Vpc,
            VpcSubnets = (SubnetSelection)data.Network.Subnets,
            SecurityGroups = data.Cache is { } cache && definition.UsesCache ? [data.Network.Functions, cache.Clients] : [data.Network.Functions],
            Tracing = configuration.Tracing ? Tracing.ACTIVE : Tracing.DISABLED,
        });
    }

    public FunctionDefinition Definition { get; }

    public Function Function { get; }
}
