using System.Diagnostics;

namespace DomainFlow.StandIns;

/// <summary>The test function as a process of its own, as Lambda starts it.</summary>
internal sealed class FunctionProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private FunctionProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    public static FunctionProcess Start(string? runtimeApi, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "DomainFlow.StandIns.Function.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        start.Environment["AWS_LAMBDA_RUNTIME_API"] = runtimeApi;
        start.Environment["AWS_LAMBDA_FUNCTION_NAME"] = "ingest";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new FunctionProcess(Process.Start(start)!);
    }

    /// <summary>Waits until the process ended by itself.</summary>
    public async Task<(int ExitCode, string Output, string Errors)> EndAsync(CancellationToken token)
    {
        await _process.WaitForExitAsync(token);
        return (_process.ExitCode, await _output, await _errors);
    }

    /// <summary>Ends the process and gives what it wrote.</summary>
    public async Task<(string Output, string Errors)> StopAsync(CancellationToken token)
    {
        _process.Kill();
        var (_, output, errors) = await EndAsync(token);
        return (output, errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }
}
