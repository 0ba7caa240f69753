using DomainFlow.Local.Aws;
using DomainFlow.Topology;

namespace DomainFlow.Local;

/// <summary>How the host runs its system.</summary>
/// <param name="Executable">Path of a function's executable by the function's name.</param>
public sealed record HostOptions(SystemDescription System, string StateFolder, Func<string, string> Executable)
{
    public const string CertificatesVariable = "SSL_CERT_FILE";

    /// <summary>Port of the gateway on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>How many connections the public port takes at once; one more is closed.</summary>
    public int MaxConnections { get; init; } = 1000;

    /// <summary>How long a connection of the public port may be idle: a little longer than clients in .NET keep one.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(65);

    /// <summary>Stop a function's process between invocations, as Lambda does.</summary>
    public bool Freeze { get; init; } = true;

    /// <summary>The database with the queues; null for a system that has none.</summary>
    public DatabaseSettings? Database { get; init; }

    /// <summary>The servers that stand for AWS; null: the embedded stores.</summary>
    public AwsSettings? Aws { get; init; }

    /// <summary>Address of a Redis that the functions share; null: each process has a cache of its own.</summary>
    public string? CacheUrl { get; init; }

    /// <summary>File with certificates that servers reached over TLS may chain to; null: those of the machine.</summary>
    public string? Certificates { get; init; }

    /// <summary>Origins whose pages may read answers and objects.</summary>
    public AllowedOrigins AllowedOrigins { get; init; } = AllowedOrigins.ThisMachine;

    /// <summary>Requests of one user and of one tenant that the functions take in a minute; null: as many as come.</summary>
    public (string? User, string? Tenant) RequestsPerMinute { get; init; }

    /// <summary>Takes the place of every queue's visibility time, and of the delay before an asynchronous invocation is tried again.</summary>
    public TimeSpan? QueueVisibility { get; init; }

    /// <summary>Takes the place of every schedule's interval.</summary>
    public TimeSpan? ScheduleInterval { get; init; }

    /// <summary>How long all functions together may take to ask for their first invocation.</summary>
    public TimeSpan StartupBound { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a call waits for a free process before it is throttled.</summary>
    public TimeSpan AcquireBound { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long running invocations may take to end when the host stops.</summary>
    public TimeSpan DrainBound { get; init; } = TimeSpan.FromSeconds(10);

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
