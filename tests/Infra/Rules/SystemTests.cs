using DomainFlow.Infra.Tests.Synthesis;

namespace DomainFlow.Infra.Tests.Rules;

/// <summary>Tests over the synthesised systems; ARNs with pseudo parameters as <see cref="Template"/> writes them.</summary>
[Collection(SystemsCollection.Name)]
public abstract class SystemTests(Systems systems)
{
    protected Systems Systems => systems;

    public static TheoryData<string> Environments => ["dev", "prod", "unusual", "serverless"];

    protected static string Name(SynthesisedSystem system, string logicalName) => $"{system.Configuration.Prefix}-{logicalName.ToLowerInvariant()}";

    protected static string Bucket(SynthesisedSystem system, string logicalName) =>
        Name(system, logicalName) + system.Configuration.BucketSuffix.Replace("{account}", "${AWS::AccountId}");

    protected static string Arn(string service, string resource) => $"arn:${{AWS::Partition}}:{service}:${{AWS::Region}}:${{AWS::AccountId}}:{resource}";

    protected static Resource Function(SynthesisedSystem system, string name) =>
        system.Functions.OfType("AWS::Lambda::Function").Single(function => function["FunctionName"] == Name(system, name));
}
