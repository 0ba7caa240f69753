using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.ElastiCache;
using Amazon.CDK.AWS.SecretsManager;
using Constructs;
using DomainFlow.Cdk.Configuration;
using DomainFlow.Topology;

namespace DomainFlow.Cdk.Constructs;

/// <summary>
/// ElastiCache for Valkey, encrypted on disk and on the wire, cluster mode off. Its one user has a generated password and may do what
/// the functions do, and no more. Nothing in it is kept: all of it expires.
/// </summary>
public sealed class CacheCluster : Construct
{
    private const int Port = 6379;

    public CacheCluster(Construct scope, EnvironmentConfiguration configuration, CacheConfiguration settings, Network network)
        : base(scope, "Cache")
    {
        Clients = network.Group("CacheClients", "The functions that use the cache");
        var group = network.Group("CacheNodes", "Cache: from the functions that use it only");
        group.AddIngressRule(Clients, Amazon.CDK.AWS.EC2.Port.Tcp(Port), "Cache");
        Clients.AddEgressRule(group, Amazon.CDK.AWS.EC2.Port.Tcp(Port), "Cache");
        Secret = Password(configuration);
        var cluster = new CfnReplicationGroup(this, "Nodes", new CfnReplicationGroupProps
        {
            ReplicationGroupId = configuration.Prefix,
            ReplicationGroupDescription = "DomainFlow: counts of requests, and configuration that was read",
            Engine = "valkey",
            EngineVersion = settings.EngineVersion,
            CacheNodeType = settings.NodeType,
            NumCacheClusters = 1 + settings.Replicas,
            AutomaticFailoverEnabled = settings.Replicas > 0,
            MultiAzEnabled = settings.Replicas > 0,
            Port = Port,
            CacheSubnetGroupName = Subnets(configuration, network).Ref,
            SecurityGroupIds = [group.SecurityGroupId],
            TransitEncryptionEnabled = true,
            AtRestEncryptionEnabled = true,
            UserGroupIds = [Users(configuration).Ref],
            AutoMinorVersionUpgrade = true,
            SnapshotRetentionLimit = 0,
        });
        Url = $"rediss://{cluster.AttrPrimaryEndPointAddress}:{Port}";
    }

    /// <summary>The group of those who may reach it.</summary>
    public SecurityGroup Clients { get; }

    public Secret Secret { get; }

    public string Url { get; }

    private Secret Password(EnvironmentConfiguration configuration) => new(this, "Secret", new SecretProps
    {
        SecretName = $"{configuration.Prefix}/cache",
        Description = "Password of the cache's user",
        RemovalPolicy = Amazon.CDK.RemovalPolicy.DESTROY,
        GenerateSecretString = new SecretStringGenerator
        {
            SecretStringTemplate = $$"""{"username":"{{SystemMap.CacheUser}}"}""",
            GenerateStringKey = "password",
            PasswordLength = 40,
            ExcludePunctuation = true,
        },
    });

    private CfnSubnetGroup Subnets(EnvironmentConfiguration configuration, Network network) => new(this, "Subnets", new CfnSubnetGroupProps
    {
        CacheSubnetGroupName = $"{configuration.Prefix}-cache",
        Description = "Where the cache stands",
        SubnetIds = network.Vpc.IsolatedSubnets.Select(subnet => subnet.SubnetId).ToArray(),
    });

    // A group must have a user of the name default: this one takes its place, so that there is no other.
    private CfnUserGroup Users(EnvironmentConfiguration configuration)
    {
        var user = new CfnUser(this, "User", new CfnUserProps
        {
            Engine = "valkey",
            UserId = $"{configuration.Prefix}-functions",
            UserName = SystemMap.CacheUser,
            AccessString = SystemMap.CacheAccess,
            Passwords = [Secret.SecretValueFromJson("password").UnsafeUnwrap()],
        });
        return new CfnUserGroup(this, "Users", new CfnUserGroupProps
        {
            Engine = "valkey",
            UserGroupId = $"{configuration.Prefix}-users",
            UserIds = [user.Ref],
        });
    }
}
