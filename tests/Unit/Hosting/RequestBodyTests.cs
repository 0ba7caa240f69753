using System.IO.Compression;
using System.Text;
using DomainFlow.Domain.Json;
using DomainFlow.Hosting.Http;
using Xunit;

namespace DomainFlow.Unit.Tests.Hosting;

public class RequestBodyTests
{
    [Theory]
    [InlineData("7B226E616D65223A22C328227D", 400, "body")]
    [InlineData("7B226E616D65223A22EDA080227D", 400, "body")]
    [InlineData("7B226E616D65223A2261227D", 204, null)]
    public async Task Invalid_UTF8_is_refused_and_not_repaired(string hex, int expected, string? field) =>
        Assert.Equal((expected, field), await SendAsync(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("application/json; charset=utf-8", 204)]
    [InlineData("application/JSON; Charset=\"UTF-8\"", 204)]
    [InlineData("application/json; charset=iso-8859-1", 415)]
    [InlineData("application/json; charset=utf-16", 415)]
    [InlineData("application/jsonlines", 415)]
    [InlineData("text/plain", 415)]
    public async Task A_type_or_charset_that_is_not_read_is_refused(string type, int expected) =>
        Assert.Equal(expected, (await SendAsync("{}"u8.ToArray(), type)).Status);

    [Fact]
    public async Task A_gzip_body_is_decoded_also_where_the_gateway_did_it_already()
    {
        Assert.Equal(204, (await SendAsync(Packed("{}"u8), encoding: "gzip")).Status);
        Assert.Equal(204, (await SendAsync("{}"u8.ToArray(), encoding: "gzip")).Status);
        Assert.Equal((415, "Content-Encoding"), await SendAsync("{}"u8.ToArray(), encoding: "br"));
        Assert.Equal((400, "body"), await SendAsync([0x1F, 0x8B, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], encoding: "gzip"));
        Assert.Equal(413, (await SendAsync(Packed(new byte[50_000_000]), encoding: "gzip")).Status);
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""", "a")]
    [InlineData("""{"a":{"b":[{"c":1},{"c":1,"d":2,"c":3}]}}""", "a.b[1].c")]
    [InlineData("""{"a":{"\u0062":1,"b":2}}""", "a.b")]
    public async Task A_member_given_twice_is_refused_by_its_path(string body, string field) =>
        Assert.Equal((400, field), await SendAsync(Encoding.UTF8.GetBytes(body)));

    [Theory]
    [InlineData("2026-12-05T10:00:00Z", true)]
    [InlineData("2026-12-05T10:00+01:00", true)]
    [InlineData("2026-12-05T10:00:00.123-0500", true)]
    [InlineData("12.5", false)]
    [InlineData("2026-12-05T10:00:00", false)]
    [InlineData("2026-12-05", false)]
    [InlineData("Sat, 05 Dec 2026 10:00:00 +0000", false)]
    [InlineData("5 December 2026 10:00Z", false)]
    [InlineData("\u0662\u0660\u0662\u0666-12-05T10:00:00Z", false)]
    [InlineData("2026-13-05T10:00:00Z", false)]
    public void A_time_is_ISO_8601_with_an_offset(string text, bool isTaken) => Assert.Equal(isTaken, UtcJsonConverter.TryParse(text, out _));

    /// <summary>The second: a long name above many members, whose path would be written for each of them.</summary>
    [Fact]
    public void A_hostile_body_of_one_megabyte_allocates_little()
    {
        string[] bodies =
        [
            new string('[', 1_000_000),
            $"{{\"{new string('k', 500_000)}\":[{string.Join(',', Enumerable.Repeat("1", 250_000))}]}}",
            "{" + string.Join(',', Enumerable.Range(0, 90_000).Select(i => $"\"{i}\":1")) + "}",
            $"{{\"a\":{new string('9', 1_000_000)}}}",
        ];
        foreach (var body in bodies)
        {
            var bytes = Encoding.UTF8.GetBytes(body);
            var proxy = new Amazon.Lambda.APIGatewayEvents.APIGatewayProxyRequest { Body = Convert.ToBase64String(bytes), IsBase64Encoded = true };
            using var invocation = new DomainFlow.Hosting.Invocation(
                new Amazon.Lambda.TestUtilities.TestLambdaContext { RemainingTime = TimeSpan.FromMinutes(1) });
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                new ApiRequest(proxy, invocation).Body(TestJson.Default.JsonObject);
            }
            catch (ProblemException refused)
            {
                Assert.Equal(400, refused.Problem.Status);
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64L * 1024 * 1024);
        }
    }

    private static byte[] Packed(ReadOnlySpan<byte> content)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) zip.Write(content);
        return packed.ToArray();
    }

    private static async Task<(int Status, string? Field)> SendAsync(byte[] body, string type = "application/json", string? encoding = null)
    {
        var request = Requests.Proxy("POST", "/x", Convert.ToBase64String(body));
        request["isBase64Encoded"] = true;
        request["headers"]!["Content-Type"] = type;
        if (encoding is not null) request["headers"]!["Content-Encoding"] = encoding;
        var (status, problem) = await Requests.CallAsync(request, r =>
        {
            r.Body(TestJson.Default.JsonObject);
            return Task.FromResult(ApiResult.Empty);
        });
        return (status, (string?)problem["errors"]?[0]?["field"]);
    }
}
