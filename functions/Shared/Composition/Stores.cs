using DomainFlow.Domain.Objects;
using DomainFlow.Domain.Search;
using DomainFlow.Domain.Storage;
using DomainFlow.Embedded;
using DomainFlow.Hosting;
using DomainFlow.Topology;
using Npgsql;

namespace DomainFlow.Composition;

/// <summary>The stores of a function's process, each made once, when it is first asked for. STORAGE and SEARCH_BACKEND choose, here and nowhere else.</summary>
public sealed class Stores
{
    private readonly Lazy<ITableStore> _tables;
    private readonly Lazy<IObjectStore> _objects;
    private readonly Lazy<ISearchIndex> _search;

    private Stores(FunctionEnvironment environment, NpgsqlDataSource database, TimeProvider clock)
    {
        Database = database;
        _tables = new(() => new EmbeddedTables(database, clock, SystemMap.Tables));
        _objects = new(() => new EmbeddedObjects(environment["OBJECTS_FOLDER"], new(environment["OBJECTS_URL"]), environment["OBJECTS_KEY_FILE"], clock));
        _search = new(() => new EmbeddedSearch(database));
    }

    public NpgsqlDataSource Database { get; }

    public ITableStore Tables => _tables.Value;

    public IObjectStore Objects => _objects.Value;

    public ISearchIndex Search => _search.Value;

    /// <exception cref="ConfigurationException">A variable says what cannot be.</exception>
    public static async Task<Stores> OpenAsync(FunctionEnvironment environment, TimeProvider clock) =>
        new(environment, await Composition.Database.OpenAsync(environment), clock);
}
