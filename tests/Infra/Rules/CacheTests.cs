using DomainFlow.Infra.Tests.Synthesis;
using DomainFlow.Topology;

namespace DomainFlow.Infra.Tests.Rules;

public class CacheTests(Systems systems) : SystemTests(systems)
{
    public static TheoryData<string> WithCache => ["prod", "unusual"];

    [Theory]
    [InlineData("prod", "cache.t3.micro", 3, true)]
    [InlineData("unusual", "cache.t4g.small", 1, false)]
    public void The_cache_is_as_large_as_configured_and_a_replica_takes_over_by_itself(string environment, string type, int nodes, bool takesOver)
    {
        var group = Systems[environment].Data.Only("AWS::ElastiCache::ReplicationGroup");
        Assert.Equal((type, $"{nodes}"), (group["CacheNodeType"], group["NumCacheClusters"]));
        Assert.Equal((takesOver, takesOver), (group["AutomaticFailoverEnabled"] == "true", group["MultiAZEnabled"] == "true"));
    }

    [Theory]
    [MemberData(nameof(WithCache))]
    public void The_cache_is_encrypted_and_stands_in_subnets_without_a_way_out(string environment)
    {
        var data = Systems[environment].Data;
        var group = data.Only("AWS::ElastiCache::ReplicationGroup");
        Assert.Equal(("true", "true"), (group["TransitEncryptionEnabled"], group["AtRestEncryptionEnabled"]));
        var subnets = data.Only("AWS::ElastiCache::SubnetGroup");
        Assert.Equal($"${{{subnets.LogicalId}}}", group["CacheSubnetGroupName"]);
        Assert.Equal(data.OfType("AWS::EC2::Subnet").Select(subnet => $"${{{subnet.LogicalId}}}").Order(), subnets["SubnetIds"].Split(',').Order());
    }

    [Theory]
    [MemberData(nameof(WithCache))]
    public void Its_one_user_has_a_generated_password_and_may_do_what_the_functions_do(string environment)
    {
        var data = Systems[environment].Data;
        var user = data.Only("AWS::ElastiCache::User");
        Assert.Matches(@"^\{\{resolve:secretsmanager:\$\{[A-Za-z0-9]+\}:SecretString:password::\}\}$", user["Passwords"]);
        Assert.Equal((SystemMap.CacheUser, SystemMap.CacheAccess, ""), (user["UserName"], user["AccessString"], user["NoPasswordRequired"]));
        var users = data.Only("AWS::ElastiCache::UserGroup");
        Assert.Equal($"${{{user.LogicalId}}}", users["UserIds"]);
        Assert.Equal($"${{{users.LogicalId}}}", data.Only("AWS::ElastiCache::ReplicationGroup")["UserGroupIds"]);
    }

    [Theory]
    [MemberData(nameof(WithCache))]
    public void Only_functions_that_use_the_cache_can_reach_it(string environment)
    {
        var system = Systems[environment];
        var nodes = system.Data.Only("AWS::ElastiCache::ReplicationGroup")["SecurityGroupIds"];
        var rule = system.Data.OfType("AWS::EC2::SecurityGroupIngress").Single(ingress => ingress["GroupId"] == nodes);
        Assert.Equal(("tcp", "6379", "6379"), (rule["IpProtocol"], rule["FromPort"], rule["ToPort"]));
        Assert.All(SystemMap.Functions, function =>
        {
            var groups = Function(system, function.Name)["VpcConfig.SecurityGroupIds"].Split(',');
            Assert.Equal(function.UsesCache, groups.Contains(rule["SourceSecurityGroupId"]));
        });
        Assert.Contains(SystemMap.Functions, function => !function.UsesCache);
    }

    [Fact]
    public void Where_none_is_configured_none_is_made() =>
        Assert.DoesNotContain(Systems.Dev.Data.All, resource => resource.Type.StartsWith("AWS::ElastiCache::", StringComparison.Ordinal));
}
