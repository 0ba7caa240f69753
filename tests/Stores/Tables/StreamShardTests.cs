using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using DomainFlow.Aws.Tables;
using DomainFlow.AwsEndpoints;
using DomainFlow.Topology;

namespace DomainFlow.Stores.Tests.Tables;

/// <summary>What no test server does to a stream: shards that split, iterators that expire, records that are forgotten, throttling.</summary>
public sealed class StreamShardTests
{
    private const string Arn = "arn:stream";

    private readonly StreamOnPaper paper = new();

    [Fact]
    public async Task Children_are_read_after_their_parent_and_all_shards_to_their_end()
    {
        paper.Shards.AddRange([("child-1", "parent"), ("child-2", "parent"), ("parent", "forgotten"), ("grandchild", "child-1"), ("other", null)]);
        paper.Records["parent"] = ["1", "2", "end"];
        paper.Records["child-1"] = ["3", "end"];
        paper.Records["child-2"] = ["4"];
        paper.Records["grandchild"] = ["5"];
        paper.Records["other"] = ["6"];
        var (seen, _) = await ReadAsync(null, 6);
        Assert.Equal(["1", "2", "3", "4", "5", "6"], seen.Order());
        Assert.True(seen.IndexOf("2") < seen.IndexOf("3") && seen.IndexOf("2") < seen.IndexOf("4") && seen.IndexOf("3") < seen.IndexOf("5"));
    }

    [Fact]
    public async Task A_shard_that_was_read_to_its_end_is_not_read_again_from_a_checkpoint()
    {
        paper.Shards.AddRange([("parent", null), ("child", "parent")]);
        paper.Records["parent"] = ["1", "end"];
        paper.Records["child"] = ["2", "3"];
        var (_, checkpoint) = await ReadAsync(null, 2);
        paper.Records["child"].Add("4");
        paper.Asked.Clear();
        var (seen, _) = await ReadAsync(StreamCheckpoint.Parse(checkpoint.ToJson()), 1);
        Assert.Equal(["4"], seen);
        Assert.DoesNotContain(paper.Asked, asked => asked.Contains("parent", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Shards_that_come_later_are_found_when_one_ends()
    {
        paper.Shards.Add(("parent", null));
        paper.Records["parent"] = ["1", "end"];
        paper.OnDescribed = times =>
        {
            if (times != 2)
                return;
            paper.Shards.Add(("child", "parent"));
            paper.Records["child"] = ["2"];
        };
        Assert.Equal(["1", "2"], (await ReadAsync(null, 2)).Seen);
    }

    [Fact]
    public async Task An_expired_iterator_and_throttling_lose_nothing_and_double_nothing()
    {
        paper.Shards.Add(("one", null));
        paper.Records["one"] = ["1", "2", "3", "4"];
        paper.PageSize = 2;
        paper.Faults.AddRange([(0, 400, "LimitExceededException"), (2, 400, "ExpiredIteratorException"), (3, 500, "InternalServerError")]);
        Assert.Equal(["1", "2", "3", "4"], (await ReadAsync(null, 4)).Seen);
        Assert.Empty(paper.Faults);
    }

    [Fact]
    public async Task Where_the_place_of_a_checkpoint_is_forgotten_the_oldest_record_comes_next()
    {
        paper.Shards.Add(("one", null));
        paper.Records["one"] = ["8", "9"];
        paper.Forgotten = 7;
        var from = new StreamCheckpoint(Arn, new Dictionary<string, ShardPlace> { ["one"] = new("3", false) });
        Assert.Equal(["8", "9"], (await ReadAsync(from, 2)).Seen);
    }

    [Fact]
    public async Task A_refusal_that_will_not_pass_is_thrown()
    {
        paper.Shards.Add(("one", null));
        paper.Records["one"] = ["1"];
        paper.Faults.Add((0, 400, "AccessDeniedException"));
        var refused = await Assert.ThrowsAsync<StreamException>(() => ReadAsync(null, 1));
        Assert.Equal("AccessDeniedException", refused.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"stream": "s", "shards": {"a": null}}""")]
    public void A_text_that_is_no_checkpoint_is_refused(string text) => Assert.Throws<FormatException>(() => StreamCheckpoint.Parse(text));

    private async Task<(List<string> Seen, StreamCheckpoint Last)> ReadAsync(StreamCheckpoint? from, int count)
    {
        var wire = new ScriptedEndpoint().Plan(ScriptedEndpoint.Json(
            $$$"""{"Table": {"LatestStreamArn": "{{{Arn}}}", "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "KEYS_ONLY"} } }"""));
        using var tables = DynamoClient.Create(
            new Uri("http://127.0.0.1:9"), DynamoServer.Credentials, configuration => configuration.HttpClientFactory = wire);
        using var http = new HttpClient(paper, disposeHandler: false);
        var endpoint = new StreamEndpoint(http, new Uri("http://127.0.0.1:9"), DynamoServer.Credentials, "us-east-1", TimeProvider.System);
        var stream = await DynamoStream.OpenAsync(tables, endpoint, new TableDefinition("things", "id"), "things", new HastyClock(), default);
        var seen = new List<string>();
        await foreach (var batch in stream.ReadAsync(from, default))
        {
            seen.AddRange(batch.Changes.Select(change => (string)change.Keys["id"]!));
            if (seen.Count >= count)
                return (seen, batch.Checkpoint);
        }

        throw new InvalidOperationException("The stream ended.");
    }

    /// <summary>Shards and their records; a record is its sequence number, and "end" closes its shard.</summary>
    private sealed class StreamOnPaper : HttpMessageHandler
    {
        private const string Signed =
            "^AWS4-HMAC-SHA256 Credential=key/[0-9]{8}/us-east-1/dynamodb/aws4_request, "
            + "SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=[0-9a-f]{64}$";

        private int described;
        private int read;

        public List<(string Id, string? Parent)> Shards { get; } = [];

        public Dictionary<string, List<string>> Records { get; } = [];

        public int PageSize { get; set; } = 100;

        /// <summary>Up to this sequence number.</summary>
        public int Forgotten { get; set; }

        /// <summary>By the number of the read of records, from 0.</summary>
        public List<(int Read, int Status, string Code)> Faults { get; } = [];

        public List<string> Asked { get; } = [];

        public Action<int> OnDescribed { get; set; } = _ => { };

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsStringAsync(cancellationToken);
            var asked = JsonNode.Parse(body)!;
            Assert.Matches(Signed, string.Join('|', request.Headers.GetValues("Authorization")));
            return request.Headers.GetValues("X-Amz-Target").Single().Split('.')[1] switch
            {
                "DescribeStream" => Describe(asked),
                "GetShardIterator" => Iterator(asked, body),
                _ => Read((string)asked["ShardIterator"]!),
            };
        }

        // One shard a page, so that the pages are read to the last.
        private HttpResponseMessage Describe(JsonNode asked)
        {
            if (asked["ExclusiveStartShardId"] is null)
                OnDescribed(++described);
            var place = Shards.FindIndex(shard => shard.Id == (string?)asked["ExclusiveStartShardId"]) + 1;
            var shard = new JsonObject { ["ShardId"] = Shards[place].Id, ["ParentShardId"] = Shards[place].Parent };
            var description = new JsonObject { ["Shards"] = new JsonArray(shard) };
            if (place + 1 < Shards.Count)
                description["LastEvaluatedShardId"] = Shards[place].Id;
            return Answer(200, new JsonObject { ["StreamDescription"] = description });
        }

        private HttpResponseMessage Iterator(JsonNode asked, string body)
        {
            Asked.Add(body);
            var (shard, after) = ((string)asked["ShardId"]!, (string?)asked["SequenceNumber"]);
            if (after is not null && int.Parse(after) < Forgotten)
                return Refusal(400, "TrimmedDataAccessException");
            return Answer(200, new JsonObject { ["ShardIterator"] = $"{shard} {(after is null ? 0 : Records[shard].IndexOf(after) + 1)}" });
        }

        private HttpResponseMessage Read(string iterator)
        {
            var number = read++;
            if (Faults.FindIndex(fault => fault.Read == number) is var fault and >= 0)
            {
                var (_, status, code) = Faults[fault];
                Faults.RemoveAt(fault);
                return Refusal(status, code);
            }

            var (shard, from) = (iterator.Split(' ')[0], int.Parse(iterator.Split(' ')[1]));
            var page = Records[shard].Skip(from).Take(PageSize).Where(record => record != "end").ToList();
            var records = page.Select(record => (JsonNode)new JsonObject
            {
                ["eventName"] = "INSERT",
                ["dynamodb"] = new JsonObject
                {
                    ["Keys"] = new JsonObject { ["id"] = new JsonObject { ["S"] = record } },
                    ["SequenceNumber"] = record,
                },
            });
            var answer = new JsonObject { ["Records"] = new JsonArray([.. records]) };
            if (!Records[shard].Skip(from).Take(PageSize).Contains("end"))
                answer["NextShardIterator"] = $"{shard} {from + page.Count}";
            return Answer(200, answer);
        }

        private static HttpResponseMessage Refusal(int status, string code) =>
            Answer(status, new JsonObject { ["__type"] = "com.amazonaws.dynamodb.v20120810#" + code, ["message"] = "planned" });

        private static HttpResponseMessage Answer(int status, JsonObject json) =>
            new((HttpStatusCode)status) { Content = new StringContent(json.ToJsonString(), Encoding.UTF8) };
    }
}
