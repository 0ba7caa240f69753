using System.Text.Json.Nodes;
using DomainFlow.Hosting.Http;
using DomainFlow.Topology;
using Xunit;

namespace DomainFlow.Unit.Tests.Hosting;

/// <summary>Who may use which route, decided in the function itself, by Topology's table alone.</summary>
public class RightsTests
{
    /// <summary>Every route that asks for a token, beside every group, none, and claims that are no list of groups.</summary>
    [Fact]
    public async Task A_route_is_open_to_exactly_the_groups_that_the_table_names()
    {
        foreach (var route in SystemMap.Routes.Where(route => !route.Public))
        {
            foreach (var group in UserGroups.Everyone) Assert.Equal(Expected(route, [group]), await StatusAsync(route, group));
            foreach (var claim in NoGroups) Assert.Equal(Expected(route, [UserGroups.Viewer]), await StatusAsync(route, claim));
        }
    }

    private static readonly string?[] NoGroups =
        [null, "", "stranger", "Admin", "[admin]", "[admin operator]", "admin operator", " admin", "admin;manager", "administrator", "\"admin\""];

    [Fact]
    public async Task One_known_group_among_others_counts()
    {
        var route = SystemMap.Routes.Single(route => route is { Method: "DELETE", Path: "/reports/{id}" });
        Assert.Equal(200, await StatusAsync(route, "stranger,manager,viewer"));
        Assert.Equal(403, await StatusAsync(route, "stranger,operator,viewer"));
    }

    [Fact]
    public async Task A_route_that_names_no_group_admits_nobody()
    {
        foreach (var group in UserGroups.Everyone) Assert.Equal(403, await StatusAsync(new("GET", "/x", "Test", "A test's"), group));
    }

    [Theory]
    [InlineData("viewer", false, 403)]
    [InlineData("viewer", true, 200)]
    [InlineData("operator", false, 200)]
    public async Task A_viewer_reports_where_the_domain_allows_self_reporting(string group, bool isOpen, int status)
    {
        var route = SystemMap.Routes.Single(route => route is { Method: "POST", Path: "/reports" });
        Assert.True(route.OpensToSelfReporting);
        Assert.Equal(status, await StatusAsync(route, group, request => request.RequireRight(isOpen)));
    }

    [Fact]
    public void Only_POST_reports_opens_to_self_reporting() =>
        Assert.Equal(["POST /reports"], SystemMap.Routes.Where(route => route.OpensToSelfReporting).Select(route => $"{route.Method} {route.Path}"));

    private static int Expected(RouteDefinition route, string[] groups) => route.OpensToSelfReporting || route.IsAllowedTo(groups) ? 200 : 403;

    private static async Task<int> StatusAsync(RouteDefinition route, string? claim, Action<ApiRequest>? check = null)
    {
        var request = Requests.Proxy(route.Method, route.Path);
        var claims = request["requestContext"]!["authorizer"]!["claims"]!.AsObject();
        if (claim is null) claims.Remove("cognito:groups");
        else claims["cognito:groups"] = claim;
        var handlers = new Dictionary<string, Func<ApiRequest, Task<ApiResult>>>
        {
            [$"{route.Method} {route.Path}"] = read =>
            {
                check?.Invoke(read);
                return Task.FromResult(ApiResult.Json(200, new JsonObject()));
            },
        };
        return (int)(await Requests.SendAsync(new() { Api = new(handlers, routes: [route]) }, request))["statusCode"]!;
    }
}
