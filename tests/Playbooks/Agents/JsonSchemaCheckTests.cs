using System.Text.Json.Nodes;
using DomainFlow.Playbooks.Agents;
using DomainFlow.Playbooks.Tests.Support;

namespace DomainFlow.Playbooks.Tests.Agents;

public sealed class JsonSchemaCheckTests
{
    [Theory]
    [InlineData("""{"type":"string"}""", "\"x\"", true)]
    [InlineData("""{"type":"string"}""", "1", false)]
    [InlineData("""{"type":["string","null"]}""", "null", true)]
    [InlineData("""{"type":"string"}""", "null", false)]
    [InlineData("""{"type":"integer"}""", "3", true)]
    [InlineData("""{"type":"integer"}""", "3.0", true)]
    [InlineData("""{"type":"integer"}""", "3.5", false)]
    [InlineData("""{"type":"number","minimum":0,"maximum":1}""", "1", true)]
    [InlineData("""{"type":"number","minimum":0,"maximum":1}""", "1.01", false)]
    [InlineData("""{"type":"number","minimum":0,"maximum":1}""", "-1", false)]
    [InlineData("""{"enum":["a","b"]}""", "\"b\"", true)]
    [InlineData("""{"enum":["a",null]}""", "null", true)]
    [InlineData("""{"enum":["a","b"]}""", "\"c\"", false)]
    [InlineData("""{"type":"string","maxLength":3}""", "\"abc\"", true)]
    [InlineData("""{"type":"string","maxLength":3}""", "\"abcd\"", false)]
    [InlineData("""{"type":"string","format":"date-time"}""", "\"2026-10-06T14:00:00Z\"", true)]
    [InlineData("""{"type":"string","format":"date-time"}""", "\"2026-10-06T14:00:00+02:00\"", true)]
    [InlineData("""{"type":"string","format":"date-time"}""", "\"2026-10-06\"", false)]
    [InlineData("""{"type":"string","format":"date-time"}""", "\"2026-13-06T14:00:00Z\"", false)]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", """["a"]""", true)]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", """["a",1]""", false)]
    [InlineData("""{"type":"array","maxItems":1}""", "[1,2]", false)]
    [InlineData("""{"type":"array","minItems":2}""", "[1]", false)]
    [InlineData("""{"type":"object","required":["a"]}""", "{}", false)]
    [InlineData("""{"type":"object","properties":{"a":{"type":"boolean"}}}""", """{"a":true,"b":1}""", true)]
    [InlineData("""{"type":"object","properties":{"a":{"type":"boolean"}},"additionalProperties":false}""", """{"b":1}""", false)]
    [InlineData("""{"type":"object","properties":{"a":{"type":"object","properties":{"b":{"type":"string"}}}}}""", """{"a":{"b":1}}""", false)]
    public void A_value_is_checked_against_its_schema(string schema, string value, bool matches) =>
        Assert.Equal(matches, JsonSchemaCheck.Problems(JsonNode.Parse(value), Make.Json(schema)).Count == 0);

    [Fact]
    public void A_problem_names_its_path()
    {
        var schema = Make.Json("""{"properties":{"a":{"items":{"properties":{"b":{"type":"string"}}}}}}""");
        Assert.Equal("output.a[1].b: number given, string needed.", Assert.Single(JsonSchemaCheck.Problems(JsonNode.Parse("""{"a":[{},{"b":1}]}"""), schema)));
    }
}
