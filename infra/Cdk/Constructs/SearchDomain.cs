using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.OpenSearchService;
using Constructs;
using DomainFlow.Cdk.Configuration;

namespace DomainFlow.Cdk.Constructs;

/// <summary>
/// An OpenSearch domain in the VPC. It has no policy of its own: a call is let in by the caller's role alone, which names the paths.
/// </summary>
public sealed class SearchDomain : Construct
{
    public SearchDomain(Construct scope, EnvironmentConfiguration configuration, SearchDomainConfiguration settings, Network network)
        : base(scope, "Search")
    {
        var group = network.Group("SearchDomain", "OpenSearch: from the functions only");
        network.Connect(group, 443, "OpenSearch");
        var zones = settings.Instances > 1 ? 2 : 1;
        var domain = new CfnDomain(this, "Domain", new CfnDomainProps
        {
            // A domain's name has at most 28 characters, a prefix up to 30.
            DomainName = configuration.Prefix[..Math.Min(configuration.Prefix.Length, 28)],
            EngineVersion = settings.EngineVersion,
            ClusterConfig = Cluster(settings, zones),
            EbsOptions = new CfnDomain.EBSOptionsProperty { EbsEnabled = true, VolumeType = "gp3", VolumeSize = settings.VolumeGb },
            EncryptionAtRestOptions = new CfnDomain.EncryptionAtRestOptionsProperty { Enabled = true },
            NodeToNodeEncryptionOptions = new CfnDomain.NodeToNodeEncryptionOptionsProperty { Enabled = true },
            DomainEndpointOptions = new CfnDomain.DomainEndpointOptionsProperty
            {
                EnforceHttps = true,
                TlsSecurityPolicy = "Policy-Min-TLS-1-2-PFS-2023-10",
            },
            VpcOptions = new CfnDomain.VPCOptionsProperty
            {
                SubnetIds = network.Vpc.IsolatedSubnets.Take(zones).Select(subnet => subnet.SubnetId).ToArray(),
                SecurityGroupIds = [group.SecurityGroupId],
            },
        });
        domain.ApplyRemovalPolicy(Removal.Of(configuration));
        Arn = domain.AttrArn;
        Endpoint = $"https://{domain.AttrDomainEndpoint}";
    }

    public string Arn { get; }

    public string Endpoint { get; }

    private static CfnDomain.ClusterConfigProperty Cluster(SearchDomainConfiguration settings, int zones) => new()
    {
        InstanceType = settings.InstanceType,
        InstanceCount = settings.Instances,
        ZoneAwarenessEnabled = zones > 1,
        ZoneAwarenessConfig = zones > 1 ? new CfnDomain.ZoneAwarenessConfigProperty { AvailabilityZoneCount = zones } : null,
    };
}
