using System.CommandLine;
using DomainFlow.Local.Client;
using DomainFlow.Local.Client.Api;
using DomainFlow.Local.Signing;

namespace DomainFlow.Local.Commands;

/// <summary>Prints what a shell needs to call this machine's functions with the AWS command line.</summary>
internal static class CredentialsCommand
{
    public static Command Create()
    {
        var state = new Option<DirectoryInfo>("--state") { Description = "The state folder", Required = true };
        var url = CommonOptions.Url();
        var command = new Command("credentials", "Print export lines for the AWS command line") { state, url };
        command.SetAction(parsed => Print(parsed.GetRequiredValue(state).FullName, parsed.GetRequiredValue(url)));
        return command;
    }

    private static int Print(string state, string url)
    {
        try
        {
            var key = AccessKey.OpenOperator(state);
            System.Console.WriteLine($"""
                export AWS_ACCESS_KEY_ID='{key.Id}'
                export AWS_SECRET_ACCESS_KEY='{key.Secret}'
                export AWS_REGION={LocalNames.Region} AWS_DEFAULT_REGION={LocalNames.Region}
                export AWS_ENDPOINT_URL_LAMBDA={ApiClient.Gateway(url)}
                unset AWS_SESSION_TOKEN
                """);
            return 0;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or HostException)
        {
            System.Console.Error.WriteLine($"--state {state} belongs to another user, or holds no key: {e.Message}");
            return 1;
        }
    }
}
