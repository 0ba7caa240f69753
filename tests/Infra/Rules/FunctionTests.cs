using System.Text.Json;
using Amazon.CDK;
using DomainFlow.Cdk;
using DomainFlow.Cdk.Configuration;
using DomainFlow.Infra.Tests.Synthesis;
using DomainFlow.Topology;

namespace DomainFlow.Infra.Tests.Rules;

public class FunctionTests(Systems systems) : SystemTests(systems)
{
    [Theory]
    [MemberData(nameof(Environments))]
    public void The_functions_are_exactly_those_of_the_topology(string environment)
    {
        var system = Systems[environment];
        var expected = SystemMap.Functions.Select(f => $"{Name(system, f.Name)} {f.MemoryMb} MB {f.TimeoutSeconds} s provided.al2023 x86_64 bootstrap");
        var actual = system.Functions.OfType("AWS::Lambda::Function")
            .Select(f => $"{f["FunctionName"]} {f["MemorySize"]} MB {f["Timeout"]} s {f["Runtime"]} {f["Architectures"]} {f["Handler"]}");
        Assert.Equal(expected.Order(), actual.Order());
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void A_function_gets_the_topologys_variables_and_no_others(string environment)
    {
        var system = Systems[environment];
        Assert.All(SystemMap.Functions, function =>
        {
            var expected = function.Environment.Where(variable => variable.Scope != VariableScope.Local).Select(variable => variable.Name);
            expected = system.Configuration switch
            {
                { SearchDomain: { } domain } => expected.Except(domain.Index.Prefix is null ? ["SEARCH_INDEX_PREFIX"] : []),
                { SearchCollection: not null } => expected.Except(["SEARCH_ENGINE", "SEARCH_SHARDS", "SEARCH_REPLICAS"]),
                _ => expected.Except(["OPENSEARCH_ENDPOINT", .. SystemMap.SearchSettings.Select(setting => setting.Name)]),
            };
            if (system.Configuration.Cache is null)
                expected = expected.Except(["CACHE_URL", "CACHE_SECRET_ARN"]);
            if (system.Configuration.Api.AllowedOrigins.Entries.Count == 0)
                expected = expected.Except([AllowedOrigins.Variable]);
            Assert.Equal(expected.Order(), Variables(system, function.Name).Keys.Order());
        });
    }

    [Fact]
    public void Variables_name_what_the_template_makes()
    {
        var system = Systems.Unusual;
        var ingest = Variables(system, SystemMap.Ingest);
        Assert.Equal("aws", ingest["STORAGE"]);
        Assert.Equal("ai-assistant-reports", ingest["TABLE_REPORTS"]);
        Assert.Equal("ai-assistant-evidence-dev", ingest["BUCKET_EVIDENCE"]);
        Assert.Equal("AI-Assistant/DataQuality", ingest["METRICS_NAMESPACE"]);
        Assert.Equal("/var/task/rds-ca.pem", ingest["DB_CA_FILE"]);
        Assert.Equal(("47", "53"), (ingest["REQUESTS_PER_MINUTE_USER"], ingest["REQUESTS_PER_MINUTE_TENANT"]));
        Assert.Equal($"rediss://${{{system.Data.Only("AWS::ElastiCache::ReplicationGroup").LogicalId}.PrimaryEndPoint.Address}}:6379", ingest["CACHE_URL"]);
        Assert.Equal($"${{{system.Data.Only("AWS::RDS::DBInstance").LogicalId}.Endpoint.Address}}", ingest["DB_HOST"]);
        var query = Variables(system, SystemMap.Query);
        Assert.Equal("opensearch", query["SEARCH_BACKEND"]);
        Assert.Equal("offline", query["MODEL_PROVIDER"]);
        Assert.Equal($"https://${{{system.Data.Only("AWS::OpenSearchService::Domain").LogicalId}.DomainEndpoint}}", query["OPENSEARCH_ENDPOINT"]);
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void Only_the_schemas_function_is_told_of_the_owners_secret(string environment)
    {
        var system = Systems[environment];
        var owner = $"${{{SecretOf(system, "domainflow_owner")}}}";
        var functions = $"${{{SecretOf(system, "domainflow_functions")}}}";
        Assert.Equal(owner, Variables(system, SystemMap.DbInit)["DB_SECRET_ARN"]);
        Assert.Equal(functions, Variables(system, SystemMap.DbInit)["DB_FUNCTIONS_SECRET_ARN"]);
        Assert.All(SystemMap.Functions.Where(f => f.Name != SystemMap.DbInit), f => Assert.Equal(functions, Variables(system, f.Name)["DB_SECRET_ARN"]));
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void The_schema_is_laid_before_any_other_function_changes(string environment)
    {
        var system = Systems[environment];
        var schema = system.Functions.Only("AWS::CloudFormation::CustomResource");
        Assert.Equal(Arn("lambda", "function:" + Name(system, SystemMap.DbInit)), schema["ServiceToken"]);
        Assert.Matches("^[0-9a-f]{64}$", schema["SchemaHash"]);
        Assert.All(SystemMap.Functions, function =>
            Assert.Equal(function.Name != SystemMap.DbInit, Function(system, function.Name).DependsOn.Contains(schema.LogicalId)));
    }

    [Fact]
    public void No_function_is_there_but_the_topologys() =>
        Assert.All(
            Systems.Dev.Both.SelectMany(template => template.All),
            resource => Assert.False(resource.Type.StartsWith("Custom::", StringComparison.Ordinal), resource.LogicalId));

    [Fact]
    public void Tracing_is_off_until_it_is_asked_for()
    {
        Assert.All(Systems.Dev.Functions.OfType("AWS::Lambda::Function"), function => Assert.Equal("", function["TracingConfig.Mode"]));
        Assert.All(Systems.Unusual.Functions.OfType("AWS::Lambda::Function"), function => Assert.Equal("Active", function["TracingConfig.Mode"]));
    }

    [Fact]
    public void CloudFormation_takes_how_long_it_waits_for_the_schema_as_a_number()
    {
        var wait = Systems.Dev.Functions.Only("AWS::CloudFormation::CustomResource").Properties["ServiceTimeout"]!;
        Assert.Equal(JsonValueKind.Number, wait.GetValueKind());
        Assert.Equal(2 * SystemMap.Functions.Single(function => function.Name == SystemMap.DbInit).TimeoutSeconds, (int)wait);
    }

    [Theory]
    [InlineData("Query")]
    [InlineData("DbInit", "Ingest")]
    public void Without_a_published_function_nothing_is_synthesised(params string[] missing)
    {
        var folder = Directory.CreateTempSubdirectory("domainflow-dist-").FullName;
        try
        {
            foreach (var function in SystemMap.Functions.Where(function => !missing.Contains(function.Name)))
                File.WriteAllText(Path.Combine(folder, function.Name + ".zip"), function.Name);
            var app = new App(new AppProps { Outdir = Path.Combine(folder, "cdk.out") });
            var error = Assert.Throws<ConfigurationException>(() =>
                DomainFlowSystem.Add(app, Systems.Dev.Configuration, BuildInputs.Of(Repository.Root, folder)));
            Assert.Contains("./publish", error.Message);
            Assert.DoesNotContain('\n', error.Message);
            Assert.All(SystemMap.Functions, function => Assert.Equal(missing.Contains(function.Name), error.Message.Contains(function.Name + ".zip", StringComparison.Ordinal)));
            Assert.DoesNotContain(app.Node.Children, child => child is Stack);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Dictionary<string, string> Variables(SynthesisedSystem system, string function)
    {
        var variables = Function(system, function).Properties["Environment"]!["Variables"]!.AsObject();
        return variables.ToDictionary(variable => variable.Key, variable => system.Functions.Text(variable.Value));
    }

    private static string SecretOf(SynthesisedSystem system, string user) =>
        system.Data.OfType("AWS::SecretsManager::Secret")
            .Single(secret => secret["GenerateSecretString.SecretStringTemplate"].Contains($"\"{user}\"", StringComparison.Ordinal))
            .LogicalId;
}
