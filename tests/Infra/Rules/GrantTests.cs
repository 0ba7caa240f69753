using DomainFlow.Infra.Tests.Synthesis;
using DomainFlow.Topology;

namespace DomainFlow.Infra.Tests.Rules;

public class GrantTests(Systems systems) : SystemTests(systems)
{
    // AWS takes no narrower resource for these.
    private static readonly string[] ServicesWithoutResources = ["ec2", "xray"];

    [Theory]
    [MemberData(nameof(Environments))]
    public void No_policy_allows_all_actions_of_a_service(string environment) =>
        Assert.All(Systems[environment].Both.SelectMany(Grant.OfTemplate), grant => Assert.DoesNotContain('*', grant.Action));

    [Theory]
    [MemberData(nameof(Environments))]
    public void A_role_names_its_resources_where_AWS_takes_a_name(string environment) =>
        Assert.All(
            Systems[environment].Both.SelectMany(Grant.OfTemplate).Where(grant => grant.Resource == "*"),
            grant => Assert.Contains(grant.Service, ServicesWithoutResources));

    [Theory]
    [MemberData(nameof(Environments))]
    public void A_function_may_touch_exactly_its_tables_and_their_indexes(string environment)
    {
        var system = Systems[environment];
        Assert.All(SystemMap.Functions, function => Assert.Equal(
            function.Tables.SelectMany(grant => Table(system, grant)).Order(),
            Role(system, function).Where(grant => grant.Service == "dynamodb").Select(Describe).Order()));
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void A_function_may_touch_exactly_its_objects(string environment)
    {
        var system = Systems[environment];
        Assert.All(SystemMap.Functions, function => Assert.Equal(
            function.Buckets.SelectMany(grant => Objects(system, grant)).Order(),
            Role(system, function).Where(grant => grant.Service == "s3").Select(Describe).Order()));
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void A_function_takes_from_its_queue_and_sends_only_what_failed(string environment)
    {
        var system = Systems[environment];
        Assert.All(SystemMap.Functions, function =>
        {
            string[] take = ["ChangeMessageVisibility", "DeleteMessage", "GetQueueAttributes", "ReceiveMessage"];
            var taken = SystemMap.QueueTriggers.Where(t => t.Function == function.Name)
                .SelectMany(t => take.Select(action => $"sqs:{action} {Arn("sqs", Name(system, t.Queue))}"));
            var sent = SystemMap.AsyncInvocations.Where(a => a.Function == function.Name)
                .Select(a => $"sqs:SendMessage {Arn("sqs", Name(system, a.FailureQueue))}");
            Assert.Equal(taken.Concat(sent).Order(), Role(system, function).Where(grant => grant.Service == "sqs").Select(Describe).Order());
        });
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void A_function_may_read_the_secrets_that_it_uses_and_no_others(string environment)
    {
        var system = Systems[environment];
        string SecretOf(string user) => $"${{{system.Data.OfType("AWS::SecretsManager::Secret")
            .Single(secret => secret["GenerateSecretString.SecretStringTemplate"].Contains($"\"{user}\"", StringComparison.Ordinal)).LogicalId}}}";
        Assert.All(SystemMap.Functions, function =>
        {
            List<string> expected = [SecretOf("domainflow_functions")];
            if (function.Database == DatabaseRole.Owner) expected.Add(SecretOf("domainflow_owner"));
            if (function.UsesCache && system.Configuration.Cache is not null) expected.Add(SecretOf(SystemMap.CacheUser));
            var allowed = Role(system, function).Where(grant => grant.Service == "secretsmanager").ToArray();
            Assert.All(allowed, grant => Assert.Equal("secretsmanager:GetSecretValue", grant.Action));
            Assert.Equal(expected.Order(), allowed.Select(grant => grant.Resource).Order());
        });
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void A_function_may_do_in_search_exactly_what_it_does(string environment)
    {
        var system = Systems[environment];
        (SearchAccess Access, string[] Calls)[] table =
        [
            (SearchAccess.Ask, ["Post */_msearch"]),
            (SearchAccess.Write, ["Post */_bulk"]),
            (SearchAccess.Compare, ["Post */_mget", "Post */_search"]),
            (SearchAccess.Make, ["Put *"]),
        ];
        Assert.All(SystemMap.Functions, function =>
        {
            string[] expected = system.Configuration.SearchDomain is null || function.Search == SearchAccess.None
                ? []
                : ["Get *", .. table.Where(row => function.Search.HasFlag(row.Access)).SelectMany(row => row.Calls)];
            var actual = Role(system, function).Where(grant => grant.Service == "es").Select(grant => $"{grant.Action["es:ESHttp".Length..]} {grant.Resource.Split('/', 2)[1]}");
            Assert.Equal(expected.Order(), actual.Order());
        });
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void What_a_functions_code_calls_is_held_to_the_function_and_what_AWS_does_for_it_is_not(string environment)
    {
        var system = Systems[environment];
        Assert.All(SystemMap.Functions, function => Assert.All(Role(system, function), grant =>
        {
            var source = $"lambda:SourceFunctionArn {Arn("lambda", "function:" + Name(system, function.Name))}";
            var held = grant.Conditions.Where(condition => condition.Contains("SourceFunctionArn", StringComparison.Ordinal));
            Assert.Equal(grant.Service switch
            {
                "dynamodb" or "secretsmanager" => [$"ArnLike {source}"],
                // Clients send what a function signed for them.
                "s3" => [grant.Action.Contains("Object", StringComparison.Ordinal) ? $"ArnLikeIfExists {source}" : $"ArnLike {source}"],
                // Lambda takes from queues, keeps what failed and makes network interfaces outside of the function.
                _ => Array.Empty<string>(),
            }, held);
        }));
    }

    /// <summary>S3 tells of a missing object with 404 to those who may list without a prefix; a listing is held to one.</summary>
    [Theory]
    [MemberData(nameof(Environments))]
    public void A_function_lists_below_its_prefix_and_may_know_that_an_object_is_not_there(string environment)
    {
        var system = Systems[environment];
        Assert.All(SystemMap.Functions, function =>
        {
            var prefixes = function.Buckets.Where(grant => grant.Access.HasFlag(ObjectAccess.List))
                .SelectMany(grant => new[]
                {
                    $"s3:ListBucket StringLikeIfExists s3:prefix {(grant.Prefix == "" ? "*/" : grant.Prefix)}*",
                    $"s3:ListBucketVersions StringLike s3:prefix {(grant.Prefix == "" ? "*/" : grant.Prefix)}*",
                });
            var listings = Role(system, function).Where(grant => grant.Action.StartsWith("s3:List", StringComparison.Ordinal))
                .SelectMany(grant => grant.Conditions.Where(condition => condition.Contains("prefix", StringComparison.Ordinal)).Select(condition => $"{grant.Action} {condition}"));
            Assert.Equal(prefixes.Order(StringComparer.Ordinal), listings.Order(StringComparer.Ordinal));
        });
        Assert.Contains(SystemMap.Functions, function => function.Buckets.Any(grant => grant.Prefix == SystemMap.ExpiringItemValues));
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void A_function_writes_its_own_log_and_has_no_policy_beside_its_own(string environment)
    {
        var system = Systems[environment];
        string[] known = ["aoss", "dynamodb", "ec2", "es", "logs", "s3", "secretsmanager", "sqs", "xray"];
        Assert.Empty(system.Functions.OfType("AWS::IAM::Policy"));
        Assert.All(SystemMap.Functions, function =>
        {
            Assert.Equal("", RoleOf(system, function)["ManagedPolicyArns"]);
            Assert.All(Role(system, function), grant => Assert.Contains(grant.Service, known));
            Assert.All(
                Role(system, function).Where(grant => grant.Service == "logs"),
                grant => Assert.Equal(Arn("logs", $"log-group:/aws/lambda/{Name(system, function.Name)}:*"), grant.Resource));
        });
    }

    private static IEnumerable<string> Table(SynthesisedSystem system, TableGrant grant)
    {
        var table = Arn("dynamodb", $"table/{Name(system, grant.Table)}");
        (TableAccess Access, string[] Actions)[] access =
        [
            (TableAccess.Read, ["dynamodb:GetItem"]),
            (TableAccess.Write, ["dynamodb:PutItem"]),
            (TableAccess.Delete, ["dynamodb:DeleteItem"]),
            (TableAccess.DeleteMany, ["dynamodb:BatchGetItem", "dynamodb:BatchWriteItem"]),
        ];
        foreach (var action in access.Where(row => grant.Access.HasFlag(row.Access)).SelectMany(row => row.Actions))
            yield return $"{action} {table}";
        foreach (var index in grant.Indexes)
            yield return $"dynamodb:Query {table}/index/{index}";
    }

    private static IEnumerable<string> Objects(SynthesisedSystem system, BucketGrant grant)
    {
        var bucket = $"arn:${{AWS::Partition}}:s3:::{Bucket(system, grant.Bucket)}";
        (ObjectAccess Access, string[] Actions)[] table =
        [
            (ObjectAccess.Read, ["s3:GetObject"]), (ObjectAccess.Write, ["s3:PutObject"]), (ObjectAccess.Delete, ["s3:DeleteObjectVersion"]),
        ];
        foreach (var action in table.Where(row => grant.Access.HasFlag(row.Access)).SelectMany(row => row.Actions))
            yield return $"{action} {bucket}/{grant.Prefix}*";
        if (!grant.Access.HasFlag(ObjectAccess.List))
            yield break;
        yield return $"s3:ListBucket {bucket}";
        yield return $"s3:ListBucketVersions {bucket}";
    }

    private static Resource RoleOf(SynthesisedSystem system, FunctionDefinition function)
    {
        var reference = Function(system, function.Name)["Role"];
        return system.Functions.OfType("AWS::IAM::Role").Single(role => reference == $"${{{role.LogicalId}.Arn}}");
    }

    private static IReadOnlyList<Grant> Role(SynthesisedSystem system, FunctionDefinition function) => Grant.OfRole(RoleOf(system, function));

    private static string Describe(Grant grant) => $"{grant.Action} {grant.Resource}";
}
