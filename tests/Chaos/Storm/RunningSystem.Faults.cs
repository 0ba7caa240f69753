using System.Diagnostics;
using System.Globalization;

namespace DomainFlow.EndToEnd.Tests.Running;

/// <summary>What a bad day does to the running system.</summary>
public sealed partial class RunningSystem
{
    public int HostProcess => _host!.Id;

    /// <summary>Ids of a function's processes: they run its executable and are the host's children.</summary>
    public IReadOnlyList<int> FunctionProcesses(string function)
    {
        var executable = Path.Combine(Functions, function);
        return [.. Children(HostProcess).Where(id => Executable(id)?.StartsWith(executable, StringComparison.Ordinal) ?? false)];
    }

    /// <summary>SIGKILL; the host starts another.</summary>
    public static async Task KillAsync(int process) => (await Process.Start("/bin/sh", ["-c", $"kill -KILL {process}"])!.WaitedAsync()).Dispose();

    /// <summary>SIGKILL to the host, and with it to its queue workers and its functions; then it is started on the same state and port.</summary>
    public async Task KillHostAsync()
    {
        await KillAsync(HostProcess);
        await _host!.WaitForExitAsync();
        _host.Dispose();
        await StartHostAsync(new Uri(Url).Port);
    }

    /// <param name="mode">fast or immediate, which loses what no disk has.</param>
    public async Task RestartDatabaseAsync(string mode)
    {
        var folder = Path.Combine(_folder, "postgres");
        await ScriptAsync("stop", folder, mode);
        await ScriptAsync("start", folder, _variables["DB_PORT"]);
    }

    private static async Task ScriptAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Root, "scripts", "postgres"), arguments) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"postgres {arguments[0]} failed");
    }

    private static IEnumerable<int> Children(int parent) => Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0 && Parent(id) == parent);

    private static int? Parent(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string? Executable(int process)
    {
        try
        {
            return File.ResolveLinkTarget($"/proc/{process}/exe", returnFinalTarget: false)?.FullName;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
