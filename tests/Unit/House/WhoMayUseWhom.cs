using System.Xml.Linq;
using Xunit;

namespace DomainFlow.Unit.Tests.House;

public class WhoMayUseWhom
{
    private static readonly string[] Adapters = ["Postgres", "Embedded", "Aws", "Search", "Cache"];

    /// <summary>For each project, the projects that it may name; whoever is not listed may name none.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Domain"] = [],
        ["Topology"] = [],
        ["Imports"] = [],
        ["Playbooks"] = ["Domain"],
        ["Hosting"] = ["Domain", "Playbooks", "Topology"],
        ["Postgres"] = ["Domain", "Playbooks", "Topology"],
        ["Embedded"] = ["Domain", "Playbooks", "Topology", "Postgres"],
        ["Aws"] = ["Domain", "Playbooks", "Topology", "Postgres"],
        ["Search"] = ["Domain", "Topology"],
        ["Cache"] = ["Domain", "Topology"],
        ["Composition"] = ["Domain", "Playbooks", "Topology", "Hosting", .. Adapters],
        ["Ingest"] = ["Domain", "Playbooks", "Topology", "Hosting", "Composition", .. Adapters],
        ["Synthesis"] = ["Domain", "Playbooks", "Topology", "Hosting", "Composition", .. Adapters],
        ["Query"] = ["Domain", "Playbooks", "Topology", "Hosting", "Composition", .. Adapters],
        ["Upkeep"] = ["Domain", "Playbooks", "Topology", "Hosting", "Composition", .. Adapters],
        ["DbInit"] = ["Domain", "Playbooks", "Topology", "Hosting", "Composition", .. Adapters],
        ["Cdk"] = ["Topology"],
        ["Local"] = ["Topology", "Imports", "AwsEndpoints"],
        ["AwsEndpoints"] = ["Topology"],
        ["Quality"] = ["Playbooks", "Imports"],
    };

    public static TheoryData<string> Projects() =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "functions"), "*.csproj", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "infra", "Cdk"), "*.csproj"))
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "infra", "Local"), "*.csproj"))
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "infra", "Quality"), "*.csproj"))
            .Select(path => Path.GetRelativePath(Repository.Root, path))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_uses_only_what_it_may(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        Assert.True(Allowed.ContainsKey(name), $"{project} is not in the rules of who may use whom");
        var used = References(project, "ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Replace('\\', '/')));
        Assert.Empty(used.Except(Allowed[name]));
    }

    [Theory]
    [InlineData("functions/Shared/Domain/Domain.csproj")]
    [InlineData("functions/Shared/Topology/Topology.csproj")]
    public void The_core_takes_no_package(string project) => Assert.Empty(References(project, "PackageReference"));

    [Fact]
    public void Playbooks_takes_no_package_of_a_cloud_a_database_or_HTTP()
    {
        string[] packages = [.. References("functions/Shared/Playbooks/Playbooks.csproj", "PackageReference")];
        Assert.Empty(packages.Except(["Microsoft.Extensions.AI.Abstractions", "Polly.Core"]));
    }

    [Fact]
    public void Only_workers_read_items_whoever_owns_them()
    {
        var callers = Directory.EnumerateFiles(Path.Combine(Repository.Root, "functions"), "*.cs", SearchOption.AllDirectories)
            .Where(f => File.ReadAllText(f).Contains("FindForWorkerAsync(", StringComparison.Ordinal) && !f.Contains("/Shared/", StringComparison.Ordinal))
            .Select(f => Path.GetFileName(f));
        Assert.Equal(["FollowJob.cs", "FollowReport.cs", "Sweep.cs"], callers.Order());
    }

    [Fact]
    public void Only_the_sweeper_lists_what_is_unfinished_whoever_owns_it()
    {
        var callers = Directory.EnumerateFiles(Path.Combine(Repository.Root, "functions"), "*.cs", SearchOption.AllDirectories)
            .Where(f => File.ReadAllText(f) is var text
                && (text.Contains("UnfinishedForWorkerAsync", StringComparison.Ordinal) || text.Contains("QueryForWorkerAsync", StringComparison.Ordinal)))
            .Select(f => Path.GetFileName(f));
        Assert.Equal(["DynamoTables.cs", "EmbeddedTables.cs", "ITableStore.cs", "ItemBook.cs", "Sweep.cs"], callers.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(Path.Combine(Repository.Root, project)).Descendants(kind).Select(e => e.Attribute("Include")!.Value);
}
