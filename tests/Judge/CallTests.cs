using DomainFlow.Infra.Tests.Synthesis;
using DomainFlow.Judge.Tests.Calls;
using DomainFlow.Judge.Tests.Judging;
using DomainFlow.Judge.Tests.Recording;
using DomainFlow.Judge.Tests.Running;

namespace DomainFlow.Judge.Tests;

/// <summary>What a request means to IAM.</summary>
[Collection(JudgedCollection.Name)]
public sealed class CallTests(JudgedSystem judged)
{
    private const string Caller = "function/Query";

    private readonly DeployedNames names = new(judged.Templates());

    [Theory]
    [InlineData("PutItem", """{"TableName":"Reports"}""", "PutItem reports")]
    [InlineData("Query", """{"TableName":"Sessions","IndexName":"user-activity-index"}""", "Query sessions/index/user-activity-index")]
    [InlineData(
        "TransactWriteItems", """{"TransactItems":[{"Put":{"TableName":"Idempotency"}},{"Delete":{"TableName":"Sessions"}},{"ConditionCheck":{"TableName":"Reports"}}]}""",
        "PutItem idempotency, DeleteItem sessions, ConditionCheckItem reports")]
    [InlineData("BatchWriteItem", """{"RequestItems":{"Messages":[],"Sessions":[]}}""", "BatchWriteItem messages, BatchWriteItem sessions")]
    public void A_table_call_needs_the_right_to_each_of_its_parts(string operation, string body, string expected) => Assert.Equal(
        expected, Told(new RecordedCall(Caller, "dynamodb", "POST", "/") { Operation = operation, Body = body }, "dynamodb:", "table/domainflow-dev-"));

    [Theory]
    [InlineData("GET", "/evidence/a%20b/c", "", 200, "GetObject /a b/c")]
    [InlineData("HEAD", "/evidence/a", "", 404, "GetObject /a, ListBucket ")]
    [InlineData("GET", "/evidence/a", "versionId", 200, "GetObjectVersion /a")]
    [InlineData("GET", "/evidence/", "versions prefix", 200, "ListBucketVersions ")]
    [InlineData("GET", "/evidence", "list-type prefix", 200, "ListBucket ")]
    [InlineData("PUT", "/evidence/a", "partNumber uploadId", 200, "PutObject /a")]
    [InlineData("POST", "/evidence/a", "uploads", 200, "PutObject /a")]
    [InlineData("DELETE", "/evidence/a", "uploadId", 204, "AbortMultipartUpload /a")]
    [InlineData("DELETE", "/evidence/a", "versionId", 204, "DeleteObjectVersion /a")]
    [InlineData("DELETE", "/evidence/a", "", 204, "DeleteObject /a")]
    public void An_object_call_is_told_by_its_method_and_address(string method, string path, string query, int status, string expected) => Assert.Equal(
        expected, Told(new RecordedCall(Caller, "s3", method, path) { Query = Names(query), Status = status }, "s3:", "dev-evidence"));

    [Fact]
    public void A_batch_of_deletes_is_a_delete_of_each_version()
    {
        const string Body = "<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Object><Key>a</Key><VersionId>1</VersionId></Object><Object><Key>b</Key></Object></Delete>";
        var call = new RecordedCall(Caller, "s3", "POST", "/evidence") { Query = Names("delete"), Body = Body };
        Assert.Equal("DeleteObjectVersion /a, DeleteObject /b", Told(call, "s3:", "dev-evidence"));
    }

    [Fact]
    public void A_copy_reads_and_writes() => Assert.Equal(
        "GetObject /a, PutObject /b", Told(new RecordedCall(Caller, "s3", "PUT", "/evidence/b") { CopySource = "evidence/a" }, "s3:", "dev-evidence"));

    [Fact]
    public void An_unknown_call_is_an_error() => Assert.Throws<InvalidOperationException>(
        () => Told(new RecordedCall(Caller, "s3", "PUT", "/evidence/b") { Query = Names("tagging") }, "s3:", ""));

    [Theory]
    [InlineData("*", "", true)]
    [InlineData("a*c", "abbc", true)]
    [InlineData("a*c", "abbd", false)]
    [InlineData("*/_bulk", "x/y/_bulk", true)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("a*b*", "acbcb", true)]
    [InlineData("abc", "abcd", false)]
    public void Patterns_match_as_IAM_has_them(string pattern, string text, bool matches) => Assert.Equal(matches, Wildcard.Matches(pattern, text));

    /// <summary>Actions without their service, resources from after a mark.</summary>
    private string Told(RecordedCall call, string service, string mark) => string.Join(", ", Call.Of(call, names).Select(told =>
        $"{told.Action[service.Length..]} {After(told.Resource.Replace("-${AWS::AccountId}", "", StringComparison.Ordinal), mark)}"));

    private static string After(string text, string mark) => text[(text.IndexOf(mark, StringComparison.Ordinal) + mark.Length)..];

    private static Dictionary<string, string> Names(string query) => query.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToDictionary(name => name, _ => "1");
}
