namespace DomainFlow.Topology;

/// <summary>A group of the user pool.</summary>
public sealed record UserGroup(string Name, string Description);

/// <summary>The groups of users. Which of them may use a route stands in <see cref="Routes"/>.</summary>
public static class UserGroups
{
    public const string Admin = "admin";
    public const string Manager = "manager";
    public const string Analyst = "analyst";
    public const string Operator = "operator";
    public const string Viewer = "viewer";

    public static IReadOnlyList<UserGroup> All { get; } =
    [
        new(Admin, "Configures the tenant"),
        new(Manager, "Directs the work"),
        new(Analyst, "Asks and compares"),
        new(Operator, "Works on reports"),
        new(Viewer, "Reads"),
    ];

    public static IReadOnlyList<string> Everyone { get; } = [.. All.Select(group => group.Name)];

    /// <summary>Those who write reports.</summary>
    public static IReadOnlyList<string> Reporters { get; } = [Admin, Manager, Analyst, Operator];

    /// <summary>Those who delete and start runs again.</summary>
    public static IReadOnlyList<string> Managers { get; } = [Admin, Manager];

    /// <summary>The known groups among the given names, compared exactly. A user without one is a viewer.</summary>
    public static IReadOnlySet<string> Known(IEnumerable<string> names)
    {
        var known = names.Where(Everyone.Contains).ToHashSet(StringComparer.Ordinal);
        return known.Count > 0 ? known : new HashSet<string>(StringComparer.Ordinal) { Viewer };
    }

    /// <summary>
    /// The groups of the claim <c>cognito:groups</c> as a REST API's user pool authorizer passes it on: names joined by commas, nothing around them.
    /// (An HTTP API sends <c>[a b]</c>; that is no form of ours, and so no known group.)
    /// </summary>
    public static IReadOnlySet<string> OfClaim(string? claim) => Known(claim?.Split(',') ?? []);
}
