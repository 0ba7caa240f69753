namespace DomainFlow.Postgres;

/// <summary>Where the database is and whose word its certificate needs.</summary>
/// <param name="Host">Name or address; or the folder of a unix socket (begins with /), which needs no TLS.</param>
/// <param name="CaFile">File of the certificates that the server's must chain to.</param>
public sealed record DatabaseSettings(string Host, int Port, string Database, string? CaFile)
{
    public const int DefaultPort = 5432;

    public bool IsSocket => Host.StartsWith('/');
}
