using Npgsql;

namespace DomainFlow.Local;

/// <summary>The PostgreSQL cluster of this machine, as `scripts/postgres start` prints it.</summary>
public sealed record DatabaseSettings(string Host, int Port, string Name, string CaFile, DatabaseLogin Owner, DatabaseLogin Functions)
{
    /// <summary>Reads the DB_* variables.</summary>
    /// <exception cref="HostException">A variable is missing or wrong; the message names it.</exception>
    public static DatabaseSettings Read(Func<string, string?> variable)
    {
        string Required(string name) =>
            variable(name) is { Length: > 0 } value ? value : throw new HostException($"{name} is not set: evaluate what `scripts/postgres start` prints");

        var host = Required("DB_HOST");
        if (!int.TryParse(Required("DB_PORT"), out var port)) throw new HostException("DB_PORT is not a number");
        return new DatabaseSettings(
            host, port, Required("DB_NAME"), Required("DB_CA_FILE"),
            new DatabaseLogin(Required("DB_OWNER_USER"), Required("DB_OWNER_PASSWORD")),
            new DatabaseLogin(Required("DB_FUNCTIONS_USER"), Required("DB_FUNCTIONS_PASSWORD")));
    }

    /// <summary>A connection string for the owner role: the host's own tables are made by it.</summary>
    public string OwnerConnectionString => new NpgsqlConnectionStringBuilder
    {
        Host = Host,
        Port = Port,
        Database = Name,
        Username = Owner.User,
        Password = Owner.Password,
        SslMode = SslMode.VerifyFull,
        RootCertificate = CaFile,
        ApplicationName = "domainflow-host",
        MaxPoolSize = 20,
    }.ConnectionString;
}

public sealed record DatabaseLogin(string User, string Password)
{
    /// <summary>Without the password, so that no log line can carry it.</summary>
    public override string ToString() => User;
}
