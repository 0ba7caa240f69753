namespace DomainFlow.Postgres;

/// <summary>A database role's name and password.</summary>
public sealed record DatabaseCredentials(string Username, string Password)
{
    public override string ToString() => Username;
}

/// <summary>Where a role's name and password come from.</summary>
public interface IDatabaseCredentials
{
    /// <param name="refresh">True when the server refused what was given before: read again from the source.</param>
    ValueTask<DatabaseCredentials> GetAsync(bool refresh, CancellationToken cancellationToken);
}

/// <summary>Credentials that were given once, by the environment of a local run.</summary>
public sealed class FixedCredentials(string username, string password) : IDatabaseCredentials
{
    private readonly DatabaseCredentials _credentials = new(username, password);

    public ValueTask<DatabaseCredentials> GetAsync(bool refresh, CancellationToken cancellationToken) => ValueTask.FromResult(_credentials);
}
