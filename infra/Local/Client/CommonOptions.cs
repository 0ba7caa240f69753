using System.CommandLine;

namespace DomainFlow.Local.Client;

/// <summary>Options that the client commands share. Those that ./run gives itself are hidden from help.</summary>
internal static class CommonOptions
{
    public static Option<DirectoryInfo> State() => new("--state") { Description = "The running system's state folder", Required = true, Hidden = true };

    public static Option<string> Url() => new("--url") { Description = "Where the running system answers: http://127.0.0.1:PORT", Required = true, Hidden = true };

    public static Option<DirectoryInfo> Samples() => new("--samples") { Description = "Folder with the sample corpus", Required = true, Hidden = true };

    public static Option<Guid?> Tenant() => new("--tenant") { Description = "The tenant's id; the demo tenant unless given" };

    public static Option<string?> Domain() => new("--domain") { Description = "The domain; the demo tenant's unless given" };

    public static Option<string> Folder() => new("--folder")
    {
        Description = "The folder that relative file names start from; the working folder unless given",
        Hidden = true,
        DefaultValueFactory = _ => Environment.CurrentDirectory,
    };
}
