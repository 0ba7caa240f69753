using System.Text.Json.Nodes;
using DomainFlow.Infra.Tests.Synthesis;
using DomainFlow.Topology;

namespace DomainFlow.Infra.Tests.Rules;

public class ProtectionTests(Systems systems) : SystemTests(systems)
{
    [Theory]
    [MemberData(nameof(Environments))]
    public void Every_bucket_is_versioned_encrypted_private_and_takes_TLS_only(string environment)
    {
        var template = Systems[environment].Functions;
        var buckets = template.OfType("AWS::S3::Bucket");
        Assert.Equal(SystemMap.Buckets.Count + 1, buckets.Count);
        Assert.All(buckets, bucket =>
        {
            Assert.Equal("Enabled", bucket["VersioningConfiguration.Status"]);
            Assert.NotEqual("", bucket["BucketEncryption.ServerSideEncryptionConfiguration"]);
            Assert.All(
                ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"],
                block => Assert.Equal("true", bucket[$"PublicAccessBlockConfiguration.{block}"]));
            var policy = template.OfType("AWS::S3::BucketPolicy").Single(p => p["Bucket"] == $"${{{bucket.LogicalId}}}");
            Assert.Contains(policy.Properties["PolicyDocument"]!["Statement"]!.AsArray(), statement =>
                statement!["Effect"]!.ToString() == "Deny" && statement["Condition"]!.ToJsonString() == """{"Bool":{"aws:SecureTransport":"false"}}""");
        });
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void What_holds_data_outlives_its_stack_where_that_is_asked_for(string environment)
    {
        var system = Systems[environment];
        string[] types = ["AWS::S3::Bucket", "AWS::DynamoDB::Table", "AWS::Cognito::UserPool", "AWS::Logs::LogGroup", "AWS::OpenSearchService::Domain"];
        var kept = system.Configuration.RetainData ? "Retain" : "Delete";
        var holders = system.Both.SelectMany(template => types.SelectMany(template.OfType)).ToArray();
        Assert.Contains(holders, holder => holder.Type == "AWS::S3::Bucket");
        Assert.All(holders, holder => Assert.Equal(
            (holder.LogicalId, kept, kept), (holder.LogicalId, (string?)holder.Json["DeletionPolicy"], (string?)holder.Json["UpdateReplacePolicy"])));
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void A_buckets_objects_age_as_the_topology_says_and_deleted_ones_go(string environment)
    {
        var system = Systems[environment];
        Assert.All(SystemMap.Buckets, definition =>
        {
            var bucket = system.Functions.OfType("AWS::S3::Bucket").Single(b => b["BucketName"] == Bucket(system, definition.Name));
            var rules = bucket.Properties["LifecycleConfiguration"]!["Rules"]!.AsArray().ToDictionary(rule => rule!["Id"]!.ToString(), rule => rule!);
            Assert.All(definition.Lifecycle, rule => Assert.Equal(Describe(rule), Describe(rules[rule.Id])));
            Assert.Equal(system.Configuration.KeepReplacedObjectsDays, (int)rules["DropReplacedAndDeleted"]["NoncurrentVersionExpiration"]!["NoncurrentDays"]!);
            Assert.Contains("\"BucketKeyEnabled\":true", bucket.Properties["BucketEncryption"]!.ToJsonString());
            Assert.NotEqual("", bucket["LoggingConfiguration.DestinationBucketName"]);
        });
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void The_database_is_private_encrypted_and_speaks_TLS_only(string environment)
    {
        var system = Systems[environment];
        var instance = system.Data.Only("AWS::RDS::DBInstance");
        Assert.Equal(system.Configuration.Database.EngineVersion, instance["EngineVersion"]);
        Assert.Equal($"postgres{instance["EngineVersion"].Split('.')[0]}", system.Data.Only("AWS::RDS::DBParameterGroup")["Family"]);
        Assert.Equal("true", instance["AutoMinorVersionUpgrade"]);
        Assert.Equal("false", instance["PubliclyAccessible"]);
        Assert.Equal("true", instance["StorageEncrypted"]);
        Assert.Equal($"{system.Configuration.Database.BackupDays}", instance["BackupRetentionPeriod"]);
        Assert.Equal($"{system.Configuration.Database.StorageGb}", instance["AllocatedStorage"]);
        Assert.Equal("1", system.Data.Only("AWS::RDS::DBParameterGroup").Properties["Parameters"]!["rds.force_ssl"]!.ToString());
        Assert.Matches(@"^\{\{resolve:secretsmanager:\$\{[A-Za-z0-9]+\}:SecretString:password::\}\}$", instance["MasterUserPassword"]);
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void Nothing_in_the_network_has_a_way_to_the_Internet(string environment)
    {
        var data = Systems[environment].Data;
        Assert.All(
            ["AWS::EC2::InternetGateway", "AWS::EC2::NatGateway", "AWS::EC2::EIP", "AWS::EC2::Route"],
            type => Assert.Empty(data.OfType(type)));
        Assert.Equal(Systems[environment].Configuration.Network.Zones, data.OfType("AWS::EC2::Subnet").Count);
        Assert.All(data.OfType("AWS::EC2::SecurityGroupIngress"), rule => Assert.Equal("", rule["CidrIp"]));
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void The_services_that_functions_call_are_reached_inside_the_network(string environment)
    {
        var endpoints = Systems[environment].Data.OfType("AWS::EC2::VPCEndpoint");
        Assert.All(["s3", "dynamodb"], service => Assert.Contains(endpoints, e =>
            e["VpcEndpointType"] == "Gateway" && e["ServiceName"].EndsWith("." + service, StringComparison.Ordinal)));
        Assert.All(["secretsmanager", "sqs", "logs"], service => Assert.Contains(endpoints, e =>
            e["VpcEndpointType"] == "Interface" && e["PrivateDnsEnabled"] == "true" && e["ServiceName"].EndsWith("." + service, StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_function_stands_in_the_network() =>
        Assert.All(Systems.Dev.Functions.OfType("AWS::Lambda::Function"), function => Assert.Equal(2, function["VpcConfig.SubnetIds"].Split(',').Length));

    [Theory]
    [InlineData("prod", 2)]
    [InlineData("unusual", 1)]
    public void The_search_domain_is_private_and_encrypted(string environment, int subnets)
    {
        var domain = Systems[environment].Data.Only("AWS::OpenSearchService::Domain");
        Assert.Equal("true", domain["EncryptionAtRestOptions.Enabled"]);
        Assert.Equal("true", domain["NodeToNodeEncryptionOptions.Enabled"]);
        Assert.Equal("true", domain["DomainEndpointOptions.EnforceHTTPS"]);
        Assert.StartsWith("Policy-Min-TLS-1-2", domain["DomainEndpointOptions.TLSSecurityPolicy"]);
        Assert.Equal(subnets, domain["VPCOptions.SubnetIds"].Split(',').Length);
    }

    [Fact]
    public void Without_search_of_its_own_no_domain_is_made() => Assert.Empty(Systems.Dev.Data.OfType("AWS::OpenSearchService::Domain"));

    [Theory]
    [MemberData(nameof(Environments))]
    public void Every_log_ends(string environment)
    {
        var system = Systems[environment];
        var groups = system.Both.SelectMany(template => template.OfType("AWS::Logs::LogGroup")).ToArray();
        Assert.Equal(SystemMap.Functions.Count + 2, groups.Length);
        Assert.All(groups, group => Assert.Equal($"{system.Configuration.LogRetentionDays}", group["RetentionInDays"]));
        Assert.All(
            system.Functions.OfType("AWS::Lambda::Function"),
            function => Assert.Contains(groups, group => function["LoggingConfig.LogGroup"] == $"${{{group.LogicalId}}}"));
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void No_secret_stands_in_a_template(string environment)
    {
        var secrets = Systems[environment].Data.OfType("AWS::SecretsManager::Secret");
        Assert.Equal(Systems[environment].Configuration.Cache is null ? 2 : 3, secrets.Count);
        Assert.All(secrets, secret =>
        {
            Assert.Equal("", secret["SecretString"]);
            Assert.DoesNotContain("password", secret["GenerateSecretString.SecretStringTemplate"]);
        });
        Assert.All(Systems[environment].Functions.OfType("AWS::Lambda::Function"), function =>
            Assert.DoesNotContain("{{resolve:", function.Json.ToJsonString()));
    }

    private static string Describe(LifecycleRule rule) => string.Join(
        ' ',
        rule.Prefix,
        rule.ExpireAfterDays,
        rule.DropIncompleteUploadsAfterDays,
        rule.InfrequentAccessAfterDays,
        rule.InstantRetrievalAfterDays);

    private static string Describe(JsonNode rule)
    {
        var transitions = (rule["Transitions"]?.AsArray() ?? [])
            .ToDictionary(step => step!["StorageClass"]!.ToString(), step => step!["TransitionInDays"]!.ToString());
        return string.Join(
            ' ',
            rule["Prefix"],
            rule["ExpirationInDays"],
            rule["AbortIncompleteMultipartUpload"]?["DaysAfterInitiation"],
            transitions.GetValueOrDefault("STANDARD_IA"),
            transitions.GetValueOrDefault("GLACIER_IR"));
    }
}
