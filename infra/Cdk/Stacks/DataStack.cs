using Amazon.CDK;
using Constructs;
using DomainFlow.Cdk.Configuration;
using DomainFlow.Cdk.Constructs;

namespace DomainFlow.Cdk.Stacks;

/// <summary>What holds data and outlives releases: network, database, tables, search domain, cache, user pool.</summary>
public sealed class DataStack : Stack
{
    public DataStack(Construct scope, EnvironmentConfiguration configuration, StackProps properties)
        : base(scope, $"{configuration.Prefix}-data", properties)
    {
        Network = new Network(this, configuration);
        Database = new Database(this, configuration, Network);
        Tables = new DataTables(this, configuration);
        Search = configuration.SearchDomain is { } settings ? new SearchDomain(this, configuration, settings, Network) : null;
        Cache = configuration.Cache is { } cache ? new CacheCluster(this, configuration, cache, Network) : null;
        Users = new UserDirectory(this, configuration);
        _ = new CfnOutput(this, "UserPoolId", new CfnOutputProps { Value = Users.Pool.UserPoolId });
        _ = new CfnOutput(this, "UserPoolClientId", new CfnOutputProps { Value = Users.Client.UserPoolClientId });
    }

    /// <summary>Zones by their place in the region: a look-up would need an account.</summary>
    public override string[] AvailabilityZones => [.. Enumerable.Range(0, 3).Select(place => Fn.Select(place, Fn.GetAzs()))];

    public Network Network { get; }

    public Database Database { get; }

    public DataTables Tables { get; }

    public SearchDomain? Search { get; }

    public CacheCluster? Cache { get; }

    public UserDirectory Users { get; }
}
