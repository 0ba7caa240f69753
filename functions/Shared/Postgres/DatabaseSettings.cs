using System.Globalization;

namespace DomainFlow.Postgres;

/// <summary>Where the database is and whose word its certificate needs.</summary>
/// <param name="Host">Name, address, or the folder of a unix socket (begins with /).</param>
/// <param name="CaFile">Certificates that the server's must chain to; null only for a unix socket.</param>
public sealed record DatabaseSettings(string Host, int Port, string Database, string? CaFile)
{
    private const int DefaultPort = 5432;

    /// <summary>Reads DB_HOST, DB_PORT, DB_NAME and DB_CA_FILE.</summary>
    /// <exception cref="InvalidOperationException">A variable is missing or makes no sense; the message names it.</exception>
    public static DatabaseSettings FromEnvironment(Func<string, string?> variable)
    {
        var host = Required(variable, "DB_HOST");
        var isSocket = host.StartsWith('/');
        var caFile = isSocket ? null : Required(variable, "DB_CA_FILE");
        if (caFile is not null && !File.Exists(caFile))
            throw new InvalidOperationException($"DB_CA_FILE names '{caFile}', which does not exist.");
        return new DatabaseSettings(host, ToPort(variable("DB_PORT")), Required(variable, "DB_NAME"), caFile);
    }

    /// <summary>Reads DB_USER and DB_PASSWORD.</summary>
    /// <exception cref="InvalidOperationException">One is missing; the message names it.</exception>
    public static FixedCredentials CredentialsFromEnvironment(Func<string, string?> variable) =>
        new(Required(variable, "DB_USER"), Required(variable, "DB_PASSWORD"));

    private static int ToPort(string? value)
    {
        if (string.IsNullOrWhiteSpace(value)) return DefaultPort;
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? port
            : throw new InvalidOperationException($"DB_PORT is '{value}': it must be a number from 1 to 65535.");
    }

    private static string Required(Func<string, string?> variable, string name) =>
        variable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value : throw new InvalidOperationException($"{name} is not set.");
}
