using System.Text.Json.Nodes;
using DomainFlow.Infra.Tests.Synthesis;
using DomainFlow.Local;
using DomainFlow.Local.Aws;
using DomainFlow.Local.Lambda;
using DomainFlow.Topology;

namespace DomainFlow.Infra.Tests.Rules;

/// <summary>How search is configured, on a domain, in a collection and on one machine.</summary>
public class SearchTests(Systems systems) : SystemTests(systems)
{
    private static readonly string[] Users = [SystemMap.DbInit, SystemMap.Query, SystemMap.Synthesis, SystemMap.Upkeep];

    [Fact]
    public void Every_function_that_searches_is_told_of_the_domains_index() => Assert.All(Users, name => Assert.Equal(
        "domain lucene 1024 3 0 second-", Told(Systems.Unusual, name, "SERVICE", "ENGINE", "DIMENSIONS", "SHARDS", "REPLICAS", "INDEX_PREFIX")));

    [Fact]
    public void Every_function_that_searches_is_told_of_the_collection()
    {
        Assert.All(Users, name => Assert.Equal("serverless 512 third-", Told(Systems.Serverless, name, "SERVICE", "DIMENSIONS", "INDEX_PREFIX")));
        var query = Function(Systems.Serverless, SystemMap.Query);
        Assert.Equal("opensearch", query["Environment.Variables.SEARCH_BACKEND"]);
        Assert.Equal("https://1tg2xudton46knx2a95g.aoss.eu-central-1.on.aws", query["Environment.Variables.OPENSEARCH_ENDPOINT"]);
        Assert.Empty(Systems.Serverless.Data.OfType("AWS::OpenSearchService::Domain"));
    }

    [Fact]
    public void A_collection_lets_each_function_do_exactly_what_it_does()
    {
        var system = Systems.Serverless;
        var policy = system.Functions.Only("AWS::OpenSearchServerless::AccessPolicy");
        var rules = JsonNode.Parse(policy["Policy"])!.AsArray().ToDictionary(rule => rule!["Principal"]!.AsArray().Single()!.ToString());
        (SearchAccess Access, string Permission)[] table =
        [
            (SearchAccess.Ask | SearchAccess.Compare, "aoss:ReadDocument"), (SearchAccess.Write, "aoss:WriteDocument"), (SearchAccess.Make, "aoss:CreateIndex"),
        ];
        foreach (var function in SystemMap.Functions)
        {
            var role = Function(system, function.Name)["Role"];
            var allowed = Grant.OfRole(system.Functions.All.Single(resource => $"${{{resource.LogicalId}.Arn}}" == role))
                .Where(grant => grant.Service == "aoss");
            Assert.Equal(function.Search != SearchAccess.None, rules.Remove(role, out var rule));
            if (rule is null)
            {
                Assert.Empty(allowed);
                continue;
            }

            Assert.Equal([new Grant("aoss:APIAccessAll", "arn:aws:aoss:eu-central-1:123456789012:collection/1tg2xudton46knx2a95g")], allowed);
            var indexes = rule["Rules"]!.AsArray().Single()!;
            Assert.Equal("""["index/city-search/third-*"]""", indexes["Resource"]!.ToJsonString());
            var expected = table.Where(row => (row.Access & function.Search) != 0).Select(row => row.Permission).Append("aoss:DescribeIndex");
            Assert.Equal(expected.Order(), indexes["Permission"]!.AsArray().Select(one => one!.ToString()).Order());
        }

        Assert.Empty(rules);
        Assert.Contains(policy.LogicalId, system.Functions.Only("AWS::CloudFormation::CustomResource").DependsOn);
        Assert.Contains(system.Data.OfType("AWS::EC2::VPCEndpoint"), endpoint => endpoint["ServiceName"].EndsWith(".a-service", StringComparison.Ordinal));
        Assert.Empty(Systems.Prod.Functions.OfType("AWS::OpenSearchServerless::AccessPolicy"));
    }

    [Fact]
    public void Other_settings_of_search_or_other_code_have_the_indexes_checked()
    {
        static Resource Schema(SynthesisedSystem system) => system.Functions.Only("AWS::CloudFormation::CustomResource");
        Assert.Equal("domain lucene 1024 second-", Schema(Systems.Unusual)["Search"]);
        Assert.Equal("https://1tg2xudton46knx2a95g.aoss.eu-central-1.on.aws 512 third-", Schema(Systems.Serverless)["Search"]);
        Assert.Equal("postgres", Schema(Systems.Dev)["Search"]);
        Assert.Matches("^[0-9a-f]{64}$", Schema(Systems.Prod)["CodeHash"]);
    }

    [Fact]
    public void One_machine_hands_the_settings_to_the_same_functions_where_OpenSearch_is()
    {
        var told = SystemMap.SearchSettings.ToDictionary(setting => setting.Name, setting => setting.Name.ToLowerInvariant());
        string? Variable(string name) => name switch
        {
            "AWS_ACCESS_KEY_ID" or "AWS_SECRET_ACCESS_KEY" => "key",
            "AWS_ENDPOINT_URL" or "OPENSEARCH_URL" => "http://127.0.0.1:9200",
            _ => told.GetValueOrDefault(name),
        };
        var with = Local(Variable);
        foreach (var function in SystemMap.Functions)
        {
            var deployed = Function(Systems.Unusual, function.Name).Properties["Environment"]!["Variables"]!.AsObject().Select(pair => pair.Key).ToHashSet();
            var local = with.For(function, 0);
            Assert.All(told, setting => Assert.Equal(deployed.Contains(setting.Key) ? setting.Value : null, local.GetValueOrDefault(setting.Key)));
            Assert.DoesNotContain(Local(name => name == "OPENSEARCH_URL" ? null : Variable(name)).For(function, 0).Keys, told.ContainsKey);
            Assert.DoesNotContain(Local(name => told.ContainsKey(name) ? null : Variable(name)).For(function, 0).Keys, told.ContainsKey);
        }
    }

    private static FunctionVariables Local(Func<string, string?> variable) => new(
        new HostOptions(SystemDescription.Default, "no-state", name => name)
        {
            Database = new DatabaseSettings("127.0.0.1", 5432, "domainflow", "/ca.pem", new("owner", "one"), new("functions", "two")),
            Aws = AwsSettings.Read(variable),
        },
        gatewayPort: 1,
        runtimeApi: "127.0.0.1:2/secret");

    private static string Told(SynthesisedSystem system, string function, params string[] names) =>
        string.Join(' ', names.Select(name => Function(system, function)[$"Environment.Variables.SEARCH_{name}"]));
}
