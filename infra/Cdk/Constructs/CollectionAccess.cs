using System.Text.Json.Nodes;
using Amazon.CDK.AWS.OpenSearchServerless;
using Constructs;
using DomainFlow.Cdk.Configuration;
using DomainFlow.Topology;

namespace DomainFlow.Cdk.Constructs;

/// <summary>What the functions may do with the collection's indexes: exactly what Topology says. It takes AWS a minute or so to make it hold.</summary>
public sealed class CollectionAccess : Construct
{
    // A policy's name has at most 32 characters, a prefix up to 30.
    private const int MaxPrefix = 25;

    public CollectionAccess(
        Construct scope, EnvironmentConfiguration configuration, SearchCollectionConfiguration collection, IEnumerable<LambdaFunction> functions)
        : base(scope, "CollectionAccess")
    {
        var rules = functions.Where(function => function.Definition.Search != SearchAccess.None).Select(function => Rule(function, collection));
        _ = new CfnAccessPolicy(this, "Policy", new CfnAccessPolicyProps
        {
            Name = configuration.Prefix[..Math.Min(configuration.Prefix.Length, MaxPrefix)].TrimEnd('-') + "-search",
            Description = "DomainFlow: what each function does in search",
            Type = "data",
            Policy = new JsonArray([.. rules]).ToJsonString(),
        });
    }

    private static JsonNode Rule(LambdaFunction function, SearchCollectionConfiguration collection) => new JsonObject
    {
        ["Description"] = function.Definition.Name,
        ["Rules"] = new JsonArray(new JsonObject
        {
            ["ResourceType"] = "index",
            ["Resource"] = new JsonArray($"index/{collection.Name}/{collection.Index.Prefix}*"),
            ["Permission"] = new JsonArray([.. Permissions(function.Definition.Search).Select(permission => (JsonNode)permission)]),
        }),
        ["Principal"] = new JsonArray(function.Function.Role!.RoleArn),
    };

    private static IEnumerable<string> Permissions(SearchAccess access)
    {
        // Each process looks once whether the index is there and fits.
        yield return "aoss:DescribeIndex";
        if (access.HasFlag(SearchAccess.Make))
            yield return "aoss:CreateIndex";
        if (access.HasFlag(SearchAccess.Ask) || access.HasFlag(SearchAccess.Compare))
            yield return "aoss:ReadDocument";
        if (access.HasFlag(SearchAccess.Write))
            yield return "aoss:WriteDocument";
    }
}
