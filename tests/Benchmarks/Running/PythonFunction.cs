using System.Diagnostics;

namespace DomainFlow.Benchmarks.Running;

/// <summary>The yardstick: Ingest's POST /reports in Python. It runs where an interpreter has boto3 and psycopg2.</summary>
/// <param name="Executable">Starts the function; null where it cannot run.</param>
/// <param name="About">Versions, or why it cannot run.</param>
internal sealed record PythonFunction(string? Executable, string About)
{
    public const string Label = "Python";

    private static readonly string[] Interpreters = ["/usr/bin/python3", "python3"];

    /// <summary>Looks for an interpreter and writes the script that starts the function with it.</summary>
    public static async Task<PythonFunction> FindAsync(string folder, CancellationToken stop)
    {
        foreach (var interpreter in Interpreters)
        {
            if (await VersionsAsync(interpreter, stop) is not { } versions) continue;
            var executable = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "python", "Ingest")).FullName, "bootstrap");
            var code = Path.Combine(AppContext.BaseDirectory, "Python", "bootstrap.py");
            await File.WriteAllTextAsync(executable, $"#!/bin/sh\nexec {interpreter} {code}\n", stop);
            File.SetUnixFileMode(executable, (UnixFileMode)0b111_101_101);
            return new(executable, versions);
        }

        return new(null, "skipped: no Python with boto3 and psycopg2 (Debian: apt-get install python3-boto3 python3-psycopg2)");
    }

    private static async Task<string?> VersionsAsync(string interpreter, CancellationToken stop)
    {
        const string Ask = "import platform, boto3, psycopg2; print('Python', platform.python_version(), 'with boto3', boto3.__version__, "
            + "'and psycopg2', psycopg2.__version__.split()[0])";
        try
        {
            var start = new ProcessStartInfo(interpreter, ["-c", Ask]) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(stop);
            await process.StandardError.ReadToEndAsync(stop);
            await process.WaitForExitAsync(stop);
            return process.ExitCode == 0 ? (await output).Trim() : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // there is no such interpreter
        }
    }
}
