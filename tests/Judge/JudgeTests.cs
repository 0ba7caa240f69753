using System.Text.Json.Nodes;
using DomainFlow.Infra.Tests.Synthesis;
using DomainFlow.Judge.Tests.Judging;
using DomainFlow.Judge.Tests.Recording;
using DomainFlow.Judge.Tests.Running;

namespace DomainFlow.Judge.Tests;

/// <summary>The judge itself, on calls made by hand and templates that were spoilt.</summary>
[Collection(JudgedCollection.Name)]
public sealed class JudgeTests(JudgedSystem judged)
{
    private const string Original = "5740d77b-b1b9-478c-893b-1e7d368a106f/civic-complaints/7a41c9e2-58d3-4f60-92be-1c0d3e5f7a88/image_001.jpg";
    private const string Rendition = "renditions/5740d77b-b1b9-478c-893b-1e7d368a106f/civic-complaints/7a41c9e2-58d3-4f60-92be-1c0d3e5f7a88/image_001/08DF/display";
    private const string Ingest = "function/Ingest";

    private static readonly RecordedCall Put = new(Ingest, "dynamodb", "POST", "/") { Operation = "PutItem", Body = """{"TableName":"Reports"}""" };
    private static readonly RecordedCall Uploaded = new(Ingest, "s3", "POST", "/evidence") { Form = new Dictionary<string, string> { ["key"] = Original } };
    private static readonly RecordedCall Shown = new(Ingest, "s3", "PUT", "/evidence/" + Rendition);
    private static readonly RecordedCall Expiring = new("function/Query", "s3", "PUT", "/evidence/expiring-item-values/t/QueryJobs/q/1");

    private readonly SynthesisedSystem system = judged.Templates();

    [Fact]
    public void A_call_is_refused_once_its_permission_is_taken_away()
    {
        Assert.Empty(new RoleJudge(system, [Put]).Refused);
        Statements(Ingest).Remove(Statement(Ingest, "WriteReports"));
        Assert.Contains("dynamodb:PutItem", Assert.Single(new RoleJudge(system, [Put]).Refused), StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_that_another_function_may_make_is_refused() =>
        Assert.Single(new RoleJudge(system, [Put with { Caller = "function/DbInit" }]).Refused);

    [Fact]
    public void A_call_that_nobody_signed_is_told() =>
        Assert.Single(new RoleJudge(system, [Put with { Caller = "" }, Put, Put with { Caller = "host" }]).Unnamed);

    [Fact]
    public void A_permission_that_no_call_needs_is_told()
    {
        var statement = Statement(Ingest, "WriteReports");
        statement["Action"] = new JsonArray("dynamodb:PutItem", "dynamodb:Scan");
        var unused = UnusedOfIngest("WriteReports", Put);
        Assert.StartsWith($"{Ingest}: dynamodb:Scan on ", Assert.Single(unused), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_permissions_for_the_same_neither_is_needed()
    {
        Statements(Ingest).Add(Statement(Ingest, "WriteReports").DeepClone());
        Assert.Equal(2, UnusedOfIngest("WriteReports", Put).Count);
    }

    [Fact]
    public void What_is_denied_is_refused_though_it_is_allowed_and_a_condition_that_does_not_hold_denies_nothing()
    {
        Assert.Empty(new RoleJudge(system, [Shown]).Refused);
        var denied = Statement(Ingest, "ObjectsEvidence").DeepClone();
        denied["Effect"] = "Deny";
        denied["Condition"] = new JsonObject { ["Bool"] = new JsonObject { ["aws:SecureTransport"] = "false" } };
        Statements(Ingest).Add(denied);
        Assert.Empty(new RoleJudge(system, [Shown]).Refused);
        denied["Condition"]!["Bool"]!["aws:SecureTransport"] = "true";
        Assert.Single(new RoleJudge(system, [Shown]).Refused);
    }

    [Theory]
    [InlineData("function/Query", "expiring-item-values/", true)]
    [InlineData("function/Query", "renditions/", false)]
    [InlineData("function/Query", null, false)]
    [InlineData("function/Upkeep", "item-values/", true)]
    [InlineData("function/Upkeep", "", false)]
    public void A_listing_is_held_to_the_functions_prefix(string caller, string? prefix, bool allowed)
    {
        var query = new Dictionary<string, string> { ["versions"] = "" };
        if (prefix is not null) query["prefix"] = prefix;
        Assert.Equal(allowed, new RoleJudge(system, [new(caller, "s3", "GET", "/evidence") { Query = query }]).Refused.Count == 0);
    }

    [Fact]
    public void What_is_not_there_is_told_though_listings_are_held_to_a_prefix() => Assert.Empty(
        new RoleJudge(system, [new("function/Query", "s3", "GET", "/evidence/expiring-item-values/t/QueryJobs/q/1") { Status = 404 }]).Refused);

    [Fact]
    public void Another_function_with_the_role_is_refused()
    {
        Statement(Ingest, "WriteReports")["Condition"]!["ArnLike"]!["lambda:SourceFunctionArn"] = "arn:aws:lambda:eu-central-1:123456789012:function:another";
        Assert.Single(new RoleJudge(system, [Put]).Refused);
    }

    [Fact]
    public void An_exception_for_what_no_role_has_is_told()
    {
        Assert.Empty(new RoleJudge(system, []).NeedlessExceptions);
        Statements("pipe/jobs-to-query")[0]!["Action"]!.AsArray().Clear();
        Statements("pipe/reports-to-synthesis")[0]!["Action"]!.AsArray().Clear();
        Assert.StartsWith("pipe/* dynamodb:ListStreams: no role", Assert.Single(new RoleJudge(system, []).NeedlessExceptions), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rendition_that_triggers_and_an_original_that_does_not_are_told()
    {
        Assert.Empty(new BucketJudge(system, [Uploaded, Shown]).WronglyTold);
        Notification(".jpg")["Value"] = "/display";
        Assert.Equal(2, new BucketJudge(system, [Uploaded, Shown]).WronglyTold.Count);
    }

    [Fact]
    public void An_original_that_is_told_of_twice_is_told()
    {
        Notification(".png")["Value"] = "jpg";
        Assert.Contains("2 times", Assert.Single(new BucketJudge(system, [Uploaded]).WronglyTold), StringComparison.Ordinal);
    }

    [Fact]
    public void Notifications_of_nothing_are_told() => Assert.Equal(3, new BucketJudge(system, [Uploaded]).SilentNotifications.Count);

    [Fact]
    public void What_stays_though_it_is_temporary_and_what_goes_though_it_is_not_are_told()
    {
        Assert.Empty(new BucketJudge(system, [Uploaded, Shown, Expiring]).WronglyKept);
        var rule = Rules().Single(found => (string?)found!["Id"] == "ExpireItemValues")!;
        rule["Status"] = "Disabled";
        Assert.StartsWith("expiring-item-values: temporary", Assert.Single(new BucketJudge(system, [Uploaded, Shown, Expiring]).WronglyKept), StringComparison.Ordinal);
        rule["Status"] = "Enabled";
        rule.AsObject().Remove("Prefix");
        Assert.Equal(2, new BucketJudge(system, [Uploaded, Shown, Expiring]).WronglyKept.Count);
    }

    [Fact]
    public void Without_its_rule_what_was_replaced_stays()
    {
        Rules().Remove(Rules().Single(found => (string?)found!["Id"] == "DropReplacedAndDeleted"));
        Assert.Equal(["originals: what was replaced or deleted stays for ever"], new BucketJudge(system, [Uploaded]).WronglyKept);
    }

    private IReadOnlyList<string> UnusedOfIngest(string statement, RecordedCall call) =>
        [.. new RoleJudge(system, [call]).Unused.Where(found => found.StartsWith(Ingest, StringComparison.Ordinal) && found.EndsWith($"({statement})", StringComparison.Ordinal))];

    private JsonArray Statements(string holder) =>
        Permissions.Holders(system)[holder].Json["Properties"]!["Policies"]![0]!["PolicyDocument"]!["Statement"]!.AsArray();

    private JsonObject Statement(string holder, string id) => Statements(holder).Single(statement => (string?)statement!["Sid"] == id)!.AsObject();

    private JsonObject Bucket() => system.Functions.OfType("AWS::S3::Bucket").Single(bucket => bucket.Properties.ContainsKey("NotificationConfiguration")).Properties;

    private JsonNode Notification(string suffix) => Bucket()["NotificationConfiguration"]!["LambdaConfigurations"]!.AsArray()
        .Select(notification => notification!["Filter"]!["S3Key"]!["Rules"]![0]!).Single(rule => (string?)rule["Value"] == suffix);

    private JsonArray Rules() => Bucket()["LifecycleConfiguration"]!["Rules"]!.AsArray();
}
