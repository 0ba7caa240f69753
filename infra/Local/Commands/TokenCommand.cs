using System.CommandLine;
using DomainFlow.Local.Gateway;
using DomainFlow.Topology;

namespace DomainFlow.Local.Commands;

/// <summary>Prints an ID token for this machine's gateway.</summary>
internal static class TokenCommand
{
    public static Command Create()
    {
        var state = new Option<DirectoryInfo>("--state") { Description = "The state folder", Required = true };
        var tenant = new Option<Guid>("--tenant") { Description = "The tenant's id (custom:tenant_id)", Required = true };
        var user = new Option<Guid>("--user") { Description = "The user's id (sub)", Required = true };
        var email = new Option<string?>("--email");
        var username = new Option<string?>("--username");
        var groups = new Option<string[]>("--group")
        {
            Description = $"The user's group, once or more: {string.Join(", ", UserGroups.Everyone)}",
            Required = true,
        };
        groups.AcceptOnlyFromAmong([.. UserGroups.Everyone]);
        var hours = new Option<double>("--hours") { Description = "How long the token is valid", DefaultValueFactory = _ => 12 };
        var command = new Command("token", "Print an ID token") { state, tenant, user, email, username, groups, hours };
        command.SetAction(parsed =>
        {
            using var key = TokenKey.Open(parsed.GetRequiredValue(state).FullName);
            var request = new TokenRequest(parsed.GetValue(tenant), parsed.GetValue(user), TimeSpan.FromHours(parsed.GetValue(hours)))
            {
                Email = parsed.GetValue(email),
                Username = parsed.GetValue(username),
                Groups = parsed.GetRequiredValue(groups),
            };
            System.Console.WriteLine(key.Mint(request, TimeProvider.System.GetUtcNow()));
            return 0;
        });
        return command;
    }
}
