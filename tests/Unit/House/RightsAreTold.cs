using System.Text;
using DomainFlow.Topology;
using Xunit;

namespace DomainFlow.Unit.Tests.House;

public class RightsAreTold
{
    /// <summary>The table between the markers is made from the routes: where this fails, paste the expected text.</summary>
    [Fact]
    public void The_README_shows_the_table_of_rights_as_it_is()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        const string Begin = "<!-- rights -->\n", End = "<!-- /rights -->";
        Assert.Equal(Table(), readme[(readme.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)..readme.IndexOf(End, StringComparison.Ordinal)]);
    }

    private static string Table()
    {
        var table = new StringBuilder("| route | " + string.Join(" | ", UserGroups.Everyone) + " |\n|---|" + string.Concat(UserGroups.Everyone.Select(_ => "---|")) + "\n");
        foreach (var alike in SystemMap.Routes.Where(route => !route.Public).GroupBy(Marks))
            table.Append("| ").AppendJoin(", ", alike.Select(route => $"{route.Method} {route.Path}")).Append(" | ").Append(alike.Key).Append(" |\n");
        return table.ToString();
    }

    private static string Marks(RouteDefinition route) => string.Join(" | ", UserGroups.Everyone.Select(
        group => route.IsAllowedTo([group]) ? "yes" : route.OpensToSelfReporting ? "self-reporting" : ""));
}
