using System.Diagnostics;

namespace DomainFlow.LocalHost.Tests;

/// <summary>Commands of the machine, where a test needs the real one or another user.</summary>
internal static class Shell
{
    /// <summary>An id that no account of the machine has.</summary>
    public const int FreeUser = 54321;

    public static string LocalHost => Path.Combine(TestHost.Artifacts, "Local", TestHost.Configuration, "DomainFlow.Local");

    public static bool IsRoot => Environment.UserName == "root";

    public static bool Has(string command) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, command)));

    /// <param name="user">Another user's id; root alone can become it.</param>
    public static async Task<(int Code, string Output)> RunAsync(string script, int? user = null)
    {
        string[] arguments = ["bash", "-c", $"exec 2>&1\n{script}"];
        if (user is { } id) arguments = ["setpriv", $"--reuid={id}", $"--regid={id}", "--clear-groups", .. arguments];
        using var process = Process.Start(new ProcessStartInfo(arguments[0], arguments[1..]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
