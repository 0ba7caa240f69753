using DomainFlow.Aws.Objects;
using DomainFlow.Aws.Tables;
using DomainFlow.Cache;
using DomainFlow.Domain.Caching;
using DomainFlow.Domain.Objects;
using DomainFlow.Domain.Search;
using DomainFlow.Domain.Storage;
using DomainFlow.Embedded;
using DomainFlow.Hosting;
using DomainFlow.Hosting.Http;
using DomainFlow.Search;
using DomainFlow.Topology;
using Npgsql;

namespace DomainFlow.Composition;

/// <summary>
/// The stores of a function's process, each made once, when it is first asked for. STORAGE, SEARCH_BACKEND and CACHE_URL choose, here and
/// nowhere else.
/// </summary>
public sealed class Stores
{
    private readonly FunctionEnvironment _environment;
    private readonly TimeProvider _clock;
    private readonly Lazy<ITableStore> _tables;
    private readonly Lazy<IObjectStore> _objects;
    private readonly Lazy<ISearchIndex> _search;

    private Stores(FunctionEnvironment environment, NpgsqlDataSource database, RedisCache? shared, TimeProvider clock)
    {
        (_environment, _clock, Database, Shared) = (environment, clock, database, shared);
        Cache = shared ?? (ICache)new InProcessCache(clock);
        _tables = new(() => environment.IsEmbedded ? new EmbeddedTables(database, clock) : DynamoTables());
        _objects = new(() => environment.IsEmbedded ? EmbeddedObjects() : S3Objects.Open(S3Settings(), clock));
        Dimensions = SearchSettings.Dimensions(environment.Optional);
        var search = SearchSettings.Read(environment.Optional, clock);
        _search = new(() => search is not null ? new OpenSearchIndex(search) : new EmbeddedSearch(database));
    }

    public NpgsqlDataSource Database { get; }

    public ITableStore Tables => _tables.Value;

    public IObjectStore Objects => _objects.Value;

    public ISearchIndex Search => _search.Value;

    /// <summary>Length of the embeddings that the search index takes.</summary>
    public int Dimensions { get; }

    /// <summary>What all processes share, else this process's own.</summary>
    public ICache Cache { get; }

    /// <summary>What all processes share; null where there is none.</summary>
    public ICache? Shared { get; }

    /// <summary>Objects in which the tables keep values of large items, of every tenant from this one on; PostgreSQL needs none.</summary>
    public IAsyncEnumerable<StoredValue> StoredValuesAsync(Guid first, CancellationToken cancellationToken) =>
        Tables is DynamoTables tables ? tables.StoredValuesAsync(first, cancellationToken) : AsyncEnumerable.Empty<StoredValue>();

    /// <exception cref="ConfigurationException">A variable says what cannot be.</exception>
    public static async Task<Stores> OpenAsync(FunctionEnvironment environment, TimeProvider clock)
    {
        var shared = SharedCache.Open(environment, clock);
        // Both while the process initialises: what a first request would wait for otherwise.
        var connecting = shared?.ConnectAsync(CancellationToken.None) ?? Task.FromResult(false);
        var database = await Composition.Database.OpenAsync(environment);
        await connecting;
        return new(environment, database, shared, clock);
    }

    /// <summary>Whose pages may read the function's answers.</summary>
    /// <exception cref="ConfigurationException">ALLOWED_ORIGINS names what is no origin.</exception>
    public AllowedOrigins AllowedOrigins => _environment.AllowedOrigins;

    /// <summary>Holds callers to what REQUESTS_PER_MINUTE_USER and REQUESTS_PER_MINUTE_TENANT say; null where they say nothing.</summary>
    /// <exception cref="ConfigurationException">One is no whole number of 1 or more.</exception>
    public RateLimit? RateLimit => Hosting.Http.RateLimit.Of(Cache, RequestLimits.Read(_environment.Optional));

    private EmbeddedObjects EmbeddedObjects() =>
        new(_environment["OBJECTS_FOLDER"], new(_environment["OBJECTS_URL"]), _environment["OBJECTS_KEY_FILE"], _clock);

    private DynamoTables DynamoTables()
    {
        var granted = _environment.Function.Tables.Select(grant => SystemMap.Table(grant.Table));
        return new(
            DynamoClient.Create(),
            granted.ToDictionary(table => table.Name, table => _environment[table.Variable]),
            _clock,
            new LargeValues(Objects, _environment["BUCKET_EVIDENCE"], LeftBehind: left => FunctionLog.Error(left, "replaced values of an item are left in the bucket")));
    }

    private static S3Settings S3Settings() =>
        new(
            Environment.GetEnvironmentVariable("AWS_REGION") ?? throw new ConfigurationException("AWS_REGION is not set"),
            (Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL_S3") ?? Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL")) is { Length: > 0 } endpoint
                ? new Uri(endpoint)
                : null);
}
