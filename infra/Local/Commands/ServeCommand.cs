using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using DomainFlow.Local.Aws;
using DomainFlow.Topology;

namespace DomainFlow.Local.Commands;

/// <summary>Runs the system until Ctrl-C.</summary>
internal static class ServeCommand
{
    public const string Name = "serve";
    private const string OriginsVariable = "DOMAINFLOW_ALLOWED_ORIGINS";

    private static readonly Option<DirectoryInfo> State = new("--state") { Description = "Folder that keeps keys, objects and the log", Required = true };
    private static readonly Option<DirectoryInfo> Functions = new("--functions")
    {
        Description = "Folder with the functions: {name}/release/bootstrap as built, or {name}/bootstrap as published and unzipped",
        DefaultValueFactory = _ => new DirectoryInfo("artifacts/bin"),
    };

    private static readonly Option<int> Port = new("--port") { Description = "Port on 127.0.0.1; 0 takes a free one", DefaultValueFactory = _ => 8787 };
    private static readonly Option<bool> Freeze = new("--freeze") { Description = "Stop functions between invocations, as Lambda does (the default)" };
    private static readonly Option<bool> NoFreeze = new("--no-freeze") { Description = "Let functions run on between invocations" };
    private static readonly Option<double?> QueueVisibility =
        new("--queue-visibility") { Description = "Seconds until a failed message or invocation is tried again" };
    private static readonly Option<double?> ScheduleEvery = new("--schedule-every") { Description = "Seconds between two runs of every schedule" };
    private static readonly Option<bool> OnAws = new("--aws") { Description = "Use the AWS adapters, on the servers that AWS_ENDPOINT_URL_* and OPENSEARCH_URL name" };
    private static readonly Option<bool> NameCallers = new("--name-callers")
    {
        Description = "With --aws: sign each function's calls with a session token that names it (function/NAME), for servers that take any token",
    };

    private static readonly Option<FileInfo?> ReadyFile = new("--ready-file") { Description = "File to write {\"port\",\"url\"} to, once everything runs" };

    public static Command Create()
    {
        var command = new Command(Name, "Run the system; the database comes from the DB_* variables, the cache from CACHE_URL")
        { State, Functions, Port, Freeze, NoFreeze, QueueVisibility, ScheduleEvery, OnAws, NameCallers, ReadyFile };
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, stop));
        try
        {
            await using var system = await LocalSystem.StartAsync(Options(parsed), System.Console.Out, !System.Console.IsOutputRedirected, stop.Token);
            system.Announce();
            if (parsed.GetValue(ReadyFile) is { } file) await WriteReadyAsync(file.FullName, system);
            await system.WaitAsync(stop.Token);
            return 0;
        }
        catch (HostException e)
        {
            await System.Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
    }

    private static HostOptions Options(ParseResult parsed)
    {
        var functions = parsed.GetRequiredValue(Functions).FullName;
        return new HostOptions(
            SystemDescription.Default, parsed.GetRequiredValue(State).FullName, name => BuiltFunctions.Executable(functions, name))
        {
            Port = parsed.GetValue(Port),
            Freeze = parsed.GetValue(Freeze) || !parsed.GetValue(NoFreeze),
            Database = DatabaseSettings.Read(Environment.GetEnvironmentVariable),
            Aws = Aws(parsed.GetValue(OnAws), parsed.GetValue(NameCallers)),
            CacheUrl = Told("CACHE_URL"),
            Certificates = Told(HostOptions.CertificatesVariable),
            AllowedOrigins = Origins(),
            RequestsPerMinute = (Told("REQUESTS_PER_MINUTE_USER"), Told("REQUESTS_PER_MINUTE_TENANT")),
            QueueVisibility = parsed.GetValue(QueueVisibility) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            ScheduleInterval = parsed.GetValue(ScheduleEvery) is { } every ? TimeSpan.FromSeconds(every) : null,
        };
    }

    private static AwsSettings? Aws(bool isAsked, bool namesCallers)
    {
        var settings = isAsked ? AwsSettings.Read(Environment.GetEnvironmentVariable) : null;
        if (!namesCallers) return settings;
        return settings is { SessionToken: null }
            ? settings with { NamesCallers = true }
            : throw new HostException("--name-callers goes with --aws and without AWS_SESSION_TOKEN: it gives each caller a session token of its own");
    }

    /// <summary>This machine's, and those that the variable adds.</summary>
    private static AllowedOrigins Origins()
    {
        try
        {
            return AllowedOrigins.ThisMachine.And(AllowedOrigins.Parse(Told(OriginsVariable)));
        }
        catch (FormatException e)
        {
            throw new HostException($"{OriginsVariable}: {e.Message}", e);
        }
    }

    private static string? Told(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;

    /// <summary>The first signal stops cleanly; a second one ends the host at once, and the kernel ends its processes with it.</summary>
    private static void Stop(PosixSignalContext context, CancellationTokenSource stop)
    {
        if (stop.IsCancellationRequested) return;
        context.Cancel = true;
        stop.Cancel();
    }

    private static async Task WriteReadyAsync(string path, LocalSystem system)
    {
        await File.WriteAllTextAsync(path + ".new", JsonSerializer.Serialize(new { port = system.Port, url = system.Url }));
        File.Move(path + ".new", path, overwrite: true);
    }
}
