using System.Text.RegularExpressions;
using DomainFlow.Postgres;
using Npgsql;

namespace DomainFlow.DbInit.Schema;

/// <summary>The role that the functions log in with. It owns nothing; what it may do stands in grants.sql.</summary>
public sealed partial class FunctionsRole
{
    // EmbeddedSchema's scripts use the same word.
    private const string Placeholder = ":functions_role";

    private readonly DatabaseCredentials _credentials;
    private readonly DatabaseSettings _settings;

    /// <exception cref="InvalidOperationException">The name or the password has characters that it may not have.</exception>
    public FunctionsRole(DatabaseCredentials credentials, DatabaseSettings settings)
    {
        // The name is quoted wherever it goes; the pattern also keeps it whole inside a string literal.
        if (!Names().IsMatch(credentials.Username))
            throw new InvalidOperationException("The functions' role (DB_FUNCTIONS_USER or its secret): it may have 63 letters, digits, _ and -.");
        if (credentials.Password.Length == 0 || credentials.Password.Any(c => c is < ' ' or > '~'))
            throw new InvalidOperationException("The functions' role (DB_FUNCTIONS_PASSWORD or its secret): its password must be printable ASCII.");
        _credentials = credentials;
        _settings = settings;
    }

    public string Name => _credentials.Username;

    /// <summary>A script's text with the role's quoted name in place of the placeholder.</summary>
    public string Fill(string sql) => sql.Replace(Placeholder, $"\"{Name}\"", StringComparison.Ordinal);

    /// <summary>Makes the role where there is none, and sets its password where it is another.</summary>
    public async Task<RowChange> EnsureAsync(NpgsqlConnection owner, CancellationToken cancellationToken)
    {
        if (await CreateAsync(owner, cancellationToken)) return RowChange.Created;
        if (await CanLogInAsync(cancellationToken)) return RowChange.None;
        await ExecuteAsync(owner, $"ALTER ROLE \"{Name}\" LOGIN PASSWORD '{Verifier()}'", cancellationToken);
        return RowChange.Changed;
    }

    private async Task<bool> CreateAsync(NpgsqlConnection owner, CancellationToken cancellationToken)
    {
        await using var exists = new NpgsqlCommand("SELECT rolname = current_user FROM pg_roles WHERE rolname = $1", owner);
        exists.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Name });
        switch (await exists.ExecuteScalarAsync(cancellationToken))
        {
            case true:
                throw new InvalidOperationException($"DB_FUNCTIONS_USER: '{Name}' owns the schema; the functions need a role of their own.");
            case false:
                return false;
        }

        try
        {
            await ExecuteAsync(owner, $"CREATE ROLE \"{Name}\" LOGIN PASSWORD '{Verifier()}'", cancellationToken);
            return true;
        }
        catch (PostgresException race) when (race.SqlState is PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.UniqueViolation)
        {
            // Roles belong to the cluster: another database's DbInit, which our lock does not hold back, was quicker.
            return false;
        }
    }

    private async Task<bool> CanLogInAsync(CancellationToken cancellationToken)
    {
        await using var source = await PostgresDataSource.CreateAsync(_settings, _ => Task.FromResult(_credentials), cancellationToken);
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            return true;
        }
        catch (PostgresException refused) when (
            refused.SqlState is PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification)
        {
            return false;
        }
    }

    // Made here, so that no password stands in a statement, and so in no log of statements.
    private string Verifier() => ScramVerifier.Make(_credentials.Password);

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // DDL takes no parameters: the name matches its pattern, a verifier is base64.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_-]{0,62}$")]
    private static partial Regex Names();
}
