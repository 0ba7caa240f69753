using System.Text.Json.Nodes;
using DomainFlow.EndToEnd.Tests.Running;
using DomainFlow.Integration.Tests.Infrastructure;
using Npgsql;

namespace DomainFlow.Chaos.Tests.Support;

/// <summary>A database of this release's schema, with what a test needs to look at it and to act on it.</summary>
public sealed class OwnedDatabase : TestDatabase
{
    /// <summary>Seconds for a connection to be made: a busy machine is no fault of what is tested.</summary>
    private const int Patience = 120;

    private NpgsqlDataSource? _superuser;

    /// <summary>Sees every row, and may end other sessions.</summary>
    public NpgsqlDataSource Superuser => _superuser ??= NpgsqlDataSource.Create(SuperuserConnection);

    public string SuperuserConnection =>
        new NpgsqlConnectionStringBuilder(Environment.GetEnvironmentVariable(Variable)!) { Database = Name, Timeout = Patience }.ConnectionString;

    /// <summary>Connection string of the functions' role.</summary>
    public string FunctionsConnection => new NpgsqlConnectionStringBuilder
    {
        Host = Settings.Host,
        Port = Settings.Port,
        Database = Name,
        Username = Functions.Username,
        Password = Functions.Password,
        SslMode = SslMode.VerifyFull,
        RootCertificate = Settings.CaFile,
        Timeout = Patience,
    }.ConnectionString;

    /// <summary>A tenant with the sample city's domain.</summary>
    public async Task<Guid> MakeTenantAsync()
    {
        await LaidAsync();
        var tenant = Guid.NewGuid();
        JsonObject made = await DbInitDriver.InvokeAsync(this, Payloads.Tenant(tenant).ToJsonString());
        Assert.Null(made["errors"]);
        return tenant;
    }

    public override async Task DisposeAsync()
    {
        if (_superuser is not null) await _superuser.DisposeAsync();
        await base.DisposeAsync();
    }
}
