using System.Diagnostics;

namespace DomainFlow.EndToEnd.Tests.Running;

/// <param name="Output">What it wrote for its user.</param>
internal sealed record ClientRun(int ExitCode, string Output, string Error);

/// <summary>The client commands as their users run them.</summary>
internal static class ClientProcess
{
    public static async Task<ClientRun> ClientAsync(this RunningSystem system, params string[] arguments)
    {
        using var process = system.StartClient(arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, output, await error);
    }

    /// <summary>Takes SIGINT also where the tests run in a shell's background, which ignores it for all its children.</summary>
    public static Process StartClient(this RunningSystem system, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(
            "/usr/bin/env",
            [
                "--default-signal=INT", Path.Combine(RunningSystem.Root, "artifacts", "bin", "Local", "release", "DomainFlow.Local"),
                .. arguments, "--state", system.State, "--url", system.Url,
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
