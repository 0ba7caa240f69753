using System.Text;
using System.Text.Json.Serialization;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using Amazon.Lambda.S3Events;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;
using Amazon.Lambda.TestUtilities;

namespace DomainFlow.StandIns;

internal sealed record Binary(byte[] Bytes, MemoryStream Stream, DateTime Time);

[JsonSerializable(typeof(APIGatewayProxyRequest))]
[JsonSerializable(typeof(APIGatewayProxyResponse))]
[JsonSerializable(typeof(S3Event))]
[JsonSerializable(typeof(SQSEvent))]
[JsonSerializable(typeof(SQSBatchResponse))]
[JsonSerializable(typeof(Binary))]
internal sealed partial class EventJson : JsonSerializerContext;

/// <summary>Events and answers through the serializer, as a function sees them.</summary>
public sealed class EventTests
{
    private readonly SourceGeneratorLambdaJsonSerializer<EventJson> _serializer = new();

    [Fact]
    public void A_request_of_API_Gateway_is_read_with_its_claims()
    {
        var request = Read<APIGatewayProxyRequest>("""
            {"resource":"/reports/{id}","path":"/reports/7","httpMethod":"GET","headers":{"Accept":"*/*"},"multiValueHeaders":{"Accept":["*/*"]},
             "queryStringParameters":null,"multiValueQueryStringParameters":{"status":["received","completed"]},"pathParameters":{"id":"7"},
             "body":null,"isBase64Encoded":false,
             "requestContext":{"requestId":"r-1","stage":"v1","requestTimeEpoch":1700000000123,"identity":{"sourceIp":"192.0.2.1"},
                               "authorizer":{"claims":{"sub":"u-1","cognito:groups":"a,b","auth_time":1700000000},"scopes":null}}}
            """);

        Assert.Equal("/reports/{id}", request.Resource);
        Assert.Equal("7", request.PathParameters["id"]);
        Assert.Null(request.QueryStringParameters);
        Assert.Equal(["received", "completed"], request.MultiValueQueryStringParameters["status"]);
        Assert.Equal(1700000000123, request.RequestContext.RequestTimeEpoch);
        Assert.Equal("192.0.2.1", request.RequestContext.Identity.SourceIp);
        Assert.Equal("a,b", request.RequestContext.Authorizer.Claims["cognito:groups"]);
        Assert.False(request.RequestContext.Authorizer.Claims.ContainsKey("auth_time"));
    }

    [Fact]
    public void An_authorizer_without_claims_has_none() => Assert.Empty(new APIGatewayCustomAuthorizerContext().Claims);

    [Fact]
    public void An_answer_to_API_Gateway_drops_nulls_and_says_whether_it_is_base64() => Assert.Equal(
        """{"statusCode":202,"headers":{"Content-Type":"application/json"},"body":"{\"für\":\"<alle>\"}","isBase64Encoded":false}""",
        Write(new APIGatewayProxyResponse
        {
            StatusCode = 202,
            Headers = new Dictionary<string, string> { ["Content-Type"] = "application/json" },
            Body = """{"für":"<alle>"}""",
        }));

    [Fact]
    public void An_event_of_S3_is_read_and_its_key_decoded()
    {
        var record = Read<S3Event>("""
            {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"eu-west-1","eventTime":"2026-01-02T03:04:05.678Z",
             "eventName":"ObjectCreated:Post",
             "requestParameters":{"sourceIPAddress":"192.0.2.1"},"responseElements":{"x-amz-request-id":"r","x-amz-id-2":"h"},
             "s3":{"s3SchemaVersion":"1.0","bucket":{"name":"images"},"object":{"key":"t/gro%C3%9F+a%2Bb.jpg","size":1024,"eTag":"abc","sequencer":"0A"}}}]}
            """).Records.Single();

        Assert.Equal("t/groß a+b.jpg", record.S3.Object.KeyDecoded);
        Assert.Equal(1024, record.S3.Object.Size);
        Assert.Equal("r", record.ResponseElements.XAmzRequestId);
        Assert.Equal(new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc), record.EventTime);
    }

    [Fact]
    public void A_batch_of_SQS_is_read_and_its_failures_are_named()
    {
        var message = Read<SQSEvent>("""
            {"Records":[{"messageId":"m-1","receiptHandle":"h","body":"{}","attributes":{"ApproximateReceiveCount":"2"},
             "messageAttributes":{"kind":{"stringValue":"report","dataType":"String"}},"md5OfBody":"x",
             "eventSource":"aws:sqs","eventSourceARN":"arn:q","awsRegion":"eu-west-1"}]}
            """).Records.Single();

        Assert.Equal("2", message.Attributes["ApproximateReceiveCount"]);
        Assert.Equal("report", message.MessageAttributes["kind"].StringValue);
        Assert.Equal("arn:q", message.EventSourceArn);
        Assert.Equal(
            """{"batchItemFailures":[{"itemIdentifier":"m-1"}]}""",
            Write(new SQSBatchResponse([new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId }])));
        Assert.Equal("""{"batchItemFailures":[]}""", Write(new SQSBatchResponse()));
    }

    [Theory]
    [InlineData("1700000000")]
    [InlineData("1700000000000")]
    [InlineData("\"2023-11-14T22:13:20Z\"")]
    public void A_time_is_text_or_seconds_or_milliseconds(string time)
    {
        var binary = Read<Binary>($$"""{"Bytes":"AQI=","Stream":"AQI=","Time":{{time}}}""");

        Assert.Equal(new DateTime(2023, 11, 14, 22, 13, 20, DateTimeKind.Utc), binary.Time);
        Assert.Equal([1, 2], binary.Bytes);
        Assert.Equal([1, 2], binary.Stream.ToArray());
    }

    [Fact]
    public void Bytes_are_written_as_numbers_and_streams_as_base64() => Assert.StartsWith(
        """{"Bytes":[1,2],"Stream":"AQI=",""",
        Write(new Binary([1, 2], new MemoryStream([1, 2]), DateTime.UnixEpoch)),
        StringComparison.Ordinal);

    [Fact]
    public void A_type_that_the_context_does_not_know_is_named()
    {
        var exception = Assert.Throws<JsonSerializerException>(() => Read<Version>("{}"));

        Assert.Contains("No JsonTypeInfo registered in DomainFlow.StandIns.EventJson for type System.Version.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_logger_keeps_the_template_and_its_arguments()
    {
        var context = new TestLambdaContext();

        context.Logger.LogInformation("hello {0}", 1);

        Assert.Equal($"Information: hello {{0}}{Environment.NewLine}\t1{Environment.NewLine}{Environment.NewLine}", ((TestLambdaLogger)context.Logger).Buffer.ToString());
    }

    private T Read<T>(string json) => _serializer.Deserialize<T>(new MemoryStream(Encoding.UTF8.GetBytes(json)));

    private string Write<T>(T value)
    {
        using var stream = new MemoryStream();
        _serializer.Serialize(value, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
