using System.Text.Json.Nodes;
using DomainFlow.Hosting;
using DomainFlow.Topology;
using Xunit;

namespace DomainFlow.Unit.Tests.Hosting;

public class MetricsTests
{
    [Fact]
    public void A_count_is_one_line_in_the_embedded_metric_format()
    {
        var output = new StringWriter();
        new Metrics("City/Reports", "Upkeep", TimeProvider.System, output).Count(MetricNames.GivenUp, 3);
        var line = JsonNode.Parse(Assert.Single(output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)))!;
        var directive = line["_aws"]!["CloudWatchMetrics"]![0]!;
        Assert.Equal("City/Reports", (string?)directive["Namespace"]);
        Assert.Equal("""[["Function"]]""", directive["Dimensions"]!.ToJsonString());
        Assert.Equal(("GivenUp", "Count"), ((string?)directive["Metrics"]![0]!["Name"], (string?)directive["Metrics"]![0]!["Unit"]));
        Assert.Equal(("Upkeep", 3), ((string?)line["Function"], (int)line["GivenUp"]!));
        Assert.True((long)line["_aws"]!["Timestamp"]! > 1_700_000_000_000);
    }

    [Fact]
    public void Without_a_namespace_nothing_is_written()
    {
        var output = new StringWriter();
        new Metrics(null, "Upkeep", TimeProvider.System, output).Count(MetricNames.GivenUp, 3);
        Assert.Equal("", output.ToString());
    }
}
