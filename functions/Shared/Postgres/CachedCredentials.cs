namespace DomainFlow.Postgres;

/// <summary>
/// A role's credentials, kept until they are old or PostgreSQL refuses them. Where the source of new ones fails, old ones that were not
/// refused stay in use. One reader at a time: the others wait for what it reads.
/// </summary>
internal sealed class CachedCredentials(Func<CancellationToken, Task<DatabaseCredentials>> read, TimeProvider time)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _reader = new(1, 1);
    private Known? _known;

    public async Task<DatabaseCredentials> GetAsync(CancellationToken cancellationToken)
    {
        if (Fresh() is { } kept) return kept;
        await _reader.WaitAsync(cancellationToken);
        try
        {
            return Fresh() ?? await ReadAsync(cancellationToken);
        }
        finally
        {
            _reader.Release();
        }
    }

    /// <summary>PostgreSQL did not take the password: it is read again before it is used again.</summary>
    public void Refuse() => _known = null;

    private DatabaseCredentials? Fresh() => _known is { } known && time.GetUtcNow() - known.ReadAt < MaxAge ? known.Credentials : null;

    private async Task<DatabaseCredentials> ReadAsync(CancellationToken cancellationToken)
    {
        var known = _known;
        try
        {
            var credentials = await read(cancellationToken);
            _known = new Known(credentials, time.GetUtcNow());
            return credentials;
        }
        catch (Exception) when (known is not null && !cancellationToken.IsCancellationRequested)
        {
            return known.Credentials;
        }
    }

    private sealed record Known(DatabaseCredentials Credentials, DateTimeOffset ReadAt);
}
