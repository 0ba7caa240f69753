using DomainFlow.Infra.Tests.Synthesis;
using DomainFlow.Local.Aws;
using DomainFlow.Topology;

namespace DomainFlow.Judge.Tests.Judging;

/// <summary>All permissions of a template's roles, under the names that their holders have in a run.</summary>
internal static class Permissions
{
    public static IReadOnlyList<Permission> Of(SynthesisedSystem system)
    {
        var names = new DeployedNames(system);
        return [.. Holders(system).SelectMany(holder => OfRole(holder.Key, holder.Value, names)), .. OfBuckets(system, names)];
    }

    /// <summary>The roles that functions and pipes have.</summary>
    public static IReadOnlyDictionary<string, Resource> Holders(SynthesisedSystem system)
    {
        var functions = SystemMap.Functions.Select(function =>
            ("function/" + function.Name, Holder(system, "AWS::Lambda::Function", "FunctionName", system.Names.Of(function.Name))["Role"]));
        var pipes = SystemMap.Pipes.Select(pipe =>
            (AwsSettings.Pipe(pipe.Name), Holder(system, "AWS::Pipes::Pipe", "Name", system.Names.Of(pipe.Name))["RoleArn"]));
        return functions.Concat(pipes).ToDictionary(
            pair => pair.Item1, pair => system.Functions.OfType("AWS::IAM::Role").Single(role => pair.Item2 == $"${{{role.LogicalId}.Arn}}"));
    }

    private static Resource Holder(SynthesisedSystem system, string type, string property, string name) =>
        system.Functions.OfType(type).Single(resource => resource[property] == name);

    private static IEnumerable<Permission> OfRole(string holder, Resource role, DeployedNames names) =>
        (role.Properties["Policies"]?.AsArray() ?? []).SelectMany(policy => Permission.In(holder, role.Template, names, policy!["PolicyDocument"]!));

    /// <summary>What the buckets themselves deny.</summary>
    private static IEnumerable<Permission> OfBuckets(SynthesisedSystem system, DeployedNames names) =>
        system.Functions.OfType("AWS::S3::BucketPolicy")
            .SelectMany(policy => Permission.In("*", system.Functions, names, policy.Properties["PolicyDocument"]!))
            .Where(permission => permission.IsDenied);
}
