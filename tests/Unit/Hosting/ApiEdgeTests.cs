using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using DomainFlow.Hosting;
using DomainFlow.Hosting.Http;
using Xunit;

namespace DomainFlow.Unit.Tests.Hosting;

public class ApiEdgeTests
{
    [Fact]
    public async Task The_caller_comes_from_the_claims()
    {
        var (status, body) = await Requests.CallAsync(Requests.Proxy("GET", "/x"), r => Task.FromResult(ApiResult.Json(200, new JsonObject
        {
            ["tenant"] = r.Caller.Tenant.ToString(),
            ["groups"] = string.Join(' ', r.Caller.Groups.Order()),
        })));
        Assert.Equal(200, status);
        Assert.Equal(Requests.Tenant, (string?)body["tenant"]);
        Assert.Equal("operator viewer", (string?)body["groups"]);
    }

    [Theory]
    [InlineData("custom:tenant_id", null)]
    [InlineData("custom:tenant_id", "acme")]
    [InlineData("custom:tenant_id", "00000000-0000-0000-0000-000000000000")]
    [InlineData("custom:tenant_id", "11111111-1111-1111-1111-111111111111 ")]
    [InlineData("custom:tenant_id", "{11111111-1111-1111-1111-111111111111}")]
    [InlineData("custom:tenant_id", "11111111-1111-1111-1111-111111111111,22222222-2222-2222-2222-222222222222")]
    [InlineData("sub", null)]
    public async Task A_missing_or_malformed_claim_is_forbidden_by_name(string claim, string? value)
    {
        var request = Requests.Proxy("GET", "/x");
        request["requestContext"]!["authorizer"]!["claims"]![claim] = value;
        var (status, body) = await Requests.CallAsync(request, r => Task.FromResult(ApiResult.Json(200, new JsonObject { ["t"] = r.Caller.Tenant.ToString() })));
        Assert.Equal(403, status);
        Assert.Equal(claim, (string?)body["errors"]![0]!["field"]);
    }

    [Fact]
    public async Task A_password_that_is_refused_in_the_middle_of_a_rotation_is_a_moments_trouble()
    {
        var (status, body) = await Requests.CallAsync(
            Requests.Proxy("GET", "/x"), _ => throw new Npgsql.PostgresException("password authentication failed", "FATAL", "FATAL", "28P01"));
        Assert.Equal((503, "unavailable"), (status, (string?)body["error_code"]));
    }

    [Fact]
    public async Task A_request_ends_before_the_gateway_gives_it_up_whatever_time_the_function_has()
    {
        var (left, cut) = (TimeSpan.Zero, TimeSpan.Zero);
        var routes = new Dictionary<string, Func<ApiRequest, Task<ApiResult>>>
        {
            ["GET /x"] = async request =>
            {
                left = request.Invocation.Remaining;
                request.Invocation.EndWithin(Invocation.Margin + TimeSpan.FromMilliseconds(50));
                cut = request.Invocation.Remaining;
                await Task.Delay(Timeout.Infinite, request.Deadline);
                return ApiResult.Empty;
            },
        };
        var answer = await Requests.SendAsync(new() { Api = Requests.Api(routes) }, Requests.Proxy("GET", "/x"), TimeSpan.FromMinutes(1));
        Assert.Equal(503, (int)answer["statusCode"]!);
        Assert.InRange(left.TotalSeconds, 20, 28.25);
        Assert.True(cut < TimeSpan.FromMilliseconds(51));
    }

    [Theory]
    [InlineData("{\"count\":1,\"name\":\"a\"", "body")]
    [InlineData("", "body")]
    [InlineData("null", "body")]
    [InlineData("{\"count\":\"one\",\"name\":\"a\"}", "count")]
    [InlineData("{\"count\":1,\"nmae\":\"a\"}", "nmae")]
    [InlineData("{\"count\":1,\"parts\":[{\"size\":true}]}", "parts[0].size")]
    public async Task A_malformed_body_is_refused_and_the_field_named(string body, string field)
    {
        var (status, problem) = await Requests.CallAsync(Requests.Proxy("POST", "/x", body), r =>
        {
            r.Body(TestJson.Default.Sample);
            return Task.FromResult(ApiResult.Empty);
        });
        Assert.Equal(400, status);
        Assert.Equal(field, (string?)problem["errors"]![0]!["field"]);
        Assert.Equal("invalid_request", (string?)problem["error_code"]);
    }

    [Fact]
    public async Task A_body_over_one_mebibyte_is_too_large()
    {
        var (status, _) = await Requests.CallAsync(Requests.Proxy("POST", "/x", $"{{\"name\":\"{new string('x', 1024 * 1024)}\"}}"), r =>
        {
            r.Body(TestJson.Default.Sample);
            return Task.FromResult(ApiResult.Empty);
        });
        Assert.Equal(413, status);
    }

    [Fact]
    public async Task An_unexpected_failure_is_a_problem_without_its_details()
    {
        var (status, body) = await Requests.CallAsync(Requests.Proxy("GET", "/x"), _ => throw new InvalidOperationException("the inner workings"));
        Assert.Equal(500, status);
        Assert.DoesNotContain("inner workings", body.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("request-1", (string?)body["request_id"]);
    }

    [Fact]
    public async Task A_request_that_runs_out_of_time_is_told_to_come_again()
    {
        var routes = new Dictionary<string, Func<ApiRequest, Task<ApiResult>>>
        {
            ["GET /x"] = async r =>
            {
                await Task.Delay(Timeout.Infinite, r.Deadline);
                return ApiResult.Empty;
            },
        };
        var answer = await Requests.SendAsync(new() { Api = Requests.Api(routes) }, Requests.Proxy("GET", "/x"), TimeSpan.FromMilliseconds(800));
        Assert.Equal(503, (int)answer["statusCode"]!);
        Assert.Equal("2", (string?)answer["headers"]!["Retry-After"]);
    }

    [Theory]
    [InlineData("limit", "0")]
    [InlineData("limit", "101")]
    [InlineData("limit", "ten")]
    [InlineData("from", "yesterday")]
    [InlineData("from", "2026-11-03T10:00:00")]
    [InlineData("from", "2026-11-3")]
    [InlineData("to", "2026-02-29")]
    [InlineData("bbox", "1,2,3")]
    [InlineData("bbox", "0,5,10,1")]
    [InlineData("bbox", "NaN,0,5,1")]
    [InlineData("fromm", "2026-11-03T10:00:00Z")]
    public async Task A_wrong_parameter_is_refused_by_name(string name, string value)
    {
        var request = Requests.Proxy("GET", "/x");
        request["multiValueQueryStringParameters"] = new JsonObject { [name] = new JsonArray(value) };
        var (status, body) = await Requests.CallAsync(request, r =>
        {
            r.Query.Allow("limit", "from", "to", "bbox");
            r.Query.Integer("limit", 20, 1, 100);
            r.Query.TimeOrDay("from");
            r.Query.TimeOrDay("to");
            r.Query.Box("bbox");
            return Task.FromResult(ApiResult.Empty);
        });
        Assert.Equal(400, status);
        Assert.Equal(name, (string?)body["errors"]![0]!["field"]);
    }

    [Fact]
    public void A_cursor_of_another_list_or_tenant_is_refused()
    {
        var cursor = PageCursor.Write("position", "GET /reports", "tenant-a", null)!;
        Assert.Equal("position", PageCursor.Read(cursor, "GET /reports", "tenant-a", null));
        Assert.Throws<ProblemException>(() => PageCursor.Read(cursor, "GET /reports", "tenant-b", null));
        Assert.Throws<ProblemException>(() => PageCursor.Read(cursor, "GET /reports", "tenant-a", "filter"));
        Assert.Throws<ProblemException>(() => PageCursor.Read("not a cursor!", "GET /reports", "tenant-a", null));
        Assert.Null(PageCursor.Read(null, "GET /reports"));
    }
}

internal sealed record Sample(int Count = 0, string? Name = null, IReadOnlyList<Part>? Parts = null);

internal sealed record Part(int Size);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(System.Text.Json.Nodes.JsonObject))]
[JsonSerializable(typeof(Sample))]
internal sealed partial class TestJson : JsonSerializerContext;
