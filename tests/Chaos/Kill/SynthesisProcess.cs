using System.Globalization;
using Amazon.Lambda.SQSEvents;
using Amazon.Lambda.TestUtilities;
using DomainFlow.Domain.Reports;
using DomainFlow.Domain.Tenancy;
using DomainFlow.Embedded;
using DomainFlow.Hosting;
using DomainFlow.Playbooks;
using DomainFlow.Playbooks.Offline;
using DomainFlow.Postgres;
using DomainFlow.Synthesis.UseCases;
using Microsoft.Extensions.AI;
using Npgsql;

namespace DomainFlow.Chaos.Tests.Kill;

/// <summary>Synthesis as one process runs it, with connections of its own that die with it.</summary>
internal sealed class SynthesisProcess : IAsyncDisposable
{
    // No photo is stored in these stories: an empty folder serves all of them.
    private static readonly Lazy<EmbeddedObjects> Objects = new(EmptyFolder);

    private readonly string _name = "life-" + Guid.NewGuid().ToString("N")[..16];
    private readonly NpgsqlDataSource _connections;
    private readonly ProcessStores _stores;
    private readonly FollowReport _handler;
    private ProcessContext _context = new();

    /// <param name="database">Connection string of the functions' role.</param>
    public SynthesisProcess(string database, WorldStores stores, IChatClient model)
    {
        var clock = TimeProvider.System;
        // A short wait for locks: a stalled process may hold some, and the others are to meet that quickly.
        _connections = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(database) { ApplicationName = _name, MaxPoolSize = 4, Options = "-c lock_timeout=100ms" }.ConnectionString);
        _stores = stores.ForProcess(_connections);
        var tables = _stores.Tables;
        var configurations = new ConfigurationReader(_connections);
        var project = new ProjectReport(
            new IncidentProjection(_connections), _stores.Search, new OfflineEmbeddingGenerator(), new AccountBook(tables, clock), configurations,
            new ReportPhotos(Objects.Value, "evidence"));
        _handler = new FollowReport(new ReportBook(tables), new ExtractReport(configurations, new IngestionPlaybook(model, clock)), project, clock);
    }

    public Exception? Error => _context.Error;

    /// <summary>Handles one message, up to the stop where one is given.</summary>
    public Task<Ending> HandleAsync(Guid incident, int receiveCount, int? stopAt = null, bool kill = true)
    {
        _context = new ProcessContext();
        return _context.RunAsync(() => RunAsync(Message(incident, receiveCount)), stopAt, kill);
    }

    public Task<Ending> ResumeAsync(int? killAfter) => _context.ResumeAsync(killAfter);

    /// <summary>What the kernel and the server do when a process is gone: its connections end, open transactions roll back.</summary>
    public async Task BuryAsync(NpgsqlDataSource superuser)
    {
        await DisposeAsync();
        await using var command = superuser.CreateCommand("SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE application_name = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _name });
        await command.ExecuteScalarAsync();
    }

    public ValueTask DisposeAsync()
    {
        foreach (var client in _stores.Clients) client.Dispose();
        return _connections.DisposeAsync();
    }

    private static EmbeddedObjects EmptyFolder()
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "no-objects")).FullName;
        var key = Path.Combine(folder, "key");
        File.WriteAllText(key, "id\nsecret");
        return new(folder, new Uri("http://127.0.0.1/objects"), key, TimeProvider.System);
    }

    private async Task RunAsync(SQSEvent.SQSMessage message)
    {
        using var invocation = new Invocation(new TestLambdaContext { AwsRequestId = _name, RemainingTime = TimeSpan.FromSeconds(60) });
        await _handler.HandleAsync(message, invocation);
    }

    private static SQSEvent.SQSMessage Message(Guid incident, int receiveCount) => new()
    {
        MessageId = Guid.NewGuid().ToString(),
        Body = $$$"""{"table":"Reports","event":"MODIFY","keys":{"incident_id":"{{{incident}}}"}}""",
        Attributes = new() { ["ApproximateReceiveCount"] = receiveCount.ToString(CultureInfo.InvariantCulture) },
    };
}
