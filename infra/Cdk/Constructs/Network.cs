using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Constructs;
using DomainFlow.Cdk.Configuration;

namespace DomainFlow.Cdk.Constructs;

/// <summary>
/// A VPC without a way to the Internet. The functions, the database, the search domain and the cache stand in it; AWS services are reached
/// through endpoints.
/// </summary>
public sealed class Network : Construct
{
    public Network(Construct scope, EnvironmentConfiguration configuration)
        : base(scope, "Network")
    {
        Vpc = new Vpc(this, "Vpc", new VpcProps
        {
            VpcName = configuration.Prefix,
            IpAddresses = IpAddresses.Cidr(configuration.Network.Cidr),
            MaxAzs = configuration.Network.Zones,
            NatGateways = 0,
            SubnetConfiguration = [new SubnetConfiguration { Name = "isolated", SubnetType = SubnetType.PRIVATE_ISOLATED, CidrMask = 20 }],
        });
        Functions = Group("Functions", "The functions: to stores and endpoints only");
        Database = Group("Database", "PostgreSQL: from the functions only");
        Endpoints = Group("Endpoints", "Interface endpoints: from the functions only");
        Connect(Database, 5432, "PostgreSQL");
        Connect(Endpoints, 443, "AWS services");
        // S3 and DynamoDB answer from public addresses through the gateway endpoints; there is no other route out.
        Functions.AddEgressRule(Peer.AnyIpv4(), Port.Tcp(443), "S3 and DynamoDB by gateway endpoint");
        AddEndpoints(configuration);
    }

    public Vpc Vpc { get; }

    public SecurityGroup Functions { get; }

    public SecurityGroup Database { get; }

    public SecurityGroup Endpoints { get; }

    public ISubnetSelection Subnets => new SubnetSelection { SubnetType = SubnetType.PRIVATE_ISOLATED };

    /// <summary>A security group that lets nothing in or out.</summary>
    public SecurityGroup Group(string id, string description) =>
        new(this, id, new SecurityGroupProps { Vpc = Vpc, Description = description, AllowAllOutbound = false, DisableInlineRules = true });

    /// <summary>Lets the functions reach one port of a group.</summary>
    public void Connect(SecurityGroup target, int port, string what)
    {
        target.AddIngressRule(Functions, Port.Tcp(port), what);
        Functions.AddEgressRule(target, Port.Tcp(port), what);
    }

    private void AddEndpoints(EnvironmentConfiguration configuration)
    {
        Vpc.AddGatewayEndpoint("S3", new GatewayVpcEndpointOptions { Service = GatewayVpcEndpointAwsService.S3 });
        Vpc.AddGatewayEndpoint("DynamoDb", new GatewayVpcEndpointOptions { Service = GatewayVpcEndpointAwsService.DYNAMODB });
        var services = configuration.Network.Endpoints.ToHashSet();
        if (configuration.SearchCollection is { } collection)
            services.Add(collection.EndpointService);
        foreach (var service in services.Order(StringComparer.Ordinal))
        {
            Vpc.AddInterfaceEndpoint(service, new InterfaceVpcEndpointOptions
            {
                Service = new InterfaceVpcEndpointService($"com.amazonaws.{Aws.REGION}.{service}", 443),
                Subnets = (SubnetSelection)Subnets,
                SecurityGroups = [Endpoints],
                PrivateDnsEnabled = true,
                Open = false,
            });
        }
    }
}
