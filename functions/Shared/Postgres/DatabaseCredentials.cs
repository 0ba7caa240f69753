namespace DomainFlow.Postgres;

/// <summary>A database role's name and password.</summary>
public sealed record DatabaseCredentials(string Username, string Password)
{
    /// <summary>The name alone: a password has no place in a message.</summary>
    public override string ToString() => Username;
}
