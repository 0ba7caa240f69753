namespace DomainFlow.Topology;

/// <summary>One Lambda function: its limits, what it is given and what it may touch.</summary>
/// <param name="Name">Logical name; also the project's folder below functions/.</param>
/// <param name="MemoryMb">Memory in MiB.</param>
/// <param name="TimeoutSeconds">Longest run of one invocation, in seconds.</param>
/// <param name="LocalConcurrency">Processes that the local host runs: a process serves one invocation at a time.</param>
public sealed record FunctionDefinition(
    string Name,
    string Description,
    int MemoryMb,
    int TimeoutSeconds,
    int LocalConcurrency,
    DatabaseRole Database,
    IReadOnlyList<EnvironmentVariable> Environment,
    IReadOnlyList<TableGrant> Tables,
    IReadOnlyList<BucketGrant> Buckets,
    SearchAccess Search = SearchAccess.None)
{
    /// <summary>Whether it uses the cache that all processes share, where there is one.</summary>
    public bool UsesCache => Environment.Any(variable => variable.Source == VariableSource.CacheUrl);
}

/// <summary>Which database secret a function may read.</summary>
public enum DatabaseRole
{
    /// <summary>Lays the schema; may read both secrets, to set the functions' role's password.</summary>
    Owner,

    /// <summary>Sees one tenant at a time, through views.</summary>
    Functions,
}

[Flags]
public enum SearchAccess
{
    None = 0,

    /// <summary>Asks questions.</summary>
    Ask = 1,

    /// <summary>Stores and removes documents.</summary>
    Write = 2,

    /// <summary>Reads documents as they are stored, and lists them.</summary>
    Compare = 4,

    /// <summary>Makes the indexes.</summary>
    Make = 8,
}

[Flags]
public enum TableAccess
{
    Read = 1,
    Write = 2,
    ReadWrite = Read | Write,
    Delete = 4,

    /// <summary>In batches, after a look at whose the items are.</summary>
    DeleteMany = 8,
}

[Flags]
public enum ObjectAccess
{
    Read = 1,
    Write = 2,

    /// <summary>By versions: nothing is only hidden behind a marker.</summary>
    Delete = 4,

    /// <summary>Lists keys and versions, and may know that an object is not there.</summary>
    List = 8,
}

/// <param name="Indexes">Those that are queried.</param>
public sealed record TableGrant(string Table, TableAccess Access, params IReadOnlyList<string> Indexes);

/// <param name="Prefix">Key prefix that the grant is held to; empty for the whole bucket.</param>
public sealed record BucketGrant(string Bucket, ObjectAccess Access, string Prefix = "");

/// <summary>A variable that a function reads at cold start, and where its value comes from.</summary>
/// <param name="Instead">A variable that may stand in its place outside a deployment.</param>
/// <param name="IsOptional">Where it is not set the function does without.</param>
public sealed record EnvironmentVariable(
    string Name, VariableSource Source, string? Of = null, VariableScope Scope = VariableScope.Both, string? Instead = null, bool IsOptional = false);

/// <summary>Where a variable's value comes from; <see cref="EnvironmentVariable.Of"/> names which one, where there are several.</summary>
public enum VariableSource
{
    /// <summary>The value itself.</summary>
    Literal,

    /// <summary>The physical name of the table <c>Of</c>.</summary>
    TableName,

    /// <summary>The physical name of the bucket <c>Of</c>.</summary>
    BucketName,

    /// <summary>embedded or aws.</summary>
    Storage,

    /// <summary>postgres or opensearch.</summary>
    SearchBackend,
    SearchEndpoint,

    /// <summary>domain or serverless: what stands at the endpoint.</summary>
    SearchService,

    /// <summary>faiss or lucene: the library of a domain that keeps the vectors' graph.</summary>
    SearchEngine,

    /// <summary>Length of every embedding.</summary>
    SearchDimensions,

    /// <summary>Primary shards of an index that is made on a domain.</summary>
    SearchShards,

    /// <summary>Copies of each shard of an index that is made on a domain.</summary>
    SearchReplicas,

    /// <summary>Stands before the indexes' names.</summary>
    SearchIndexPrefix,

    /// <summary>Address of the Redis that all processes share.</summary>
    CacheUrl,

    /// <summary>ARN of the secret with the user name and password for it.</summary>
    CacheSecret,

    /// <summary>Origins whose pages may read answers, as <see cref="Topology.AllowedOrigins"/> writes them.</summary>
    AllowedOrigins,

    /// <summary>Requests of one user that are taken in a minute.</summary>
    RequestsPerUser,

    /// <summary>Requests of one tenant that are taken in a minute.</summary>
    RequestsPerTenant,

    /// <summary>offline, bedrock or openai.</summary>
    ModelProvider,
    DatabaseHost,
    DatabasePort,
    DatabaseName,

    /// <summary>ARN of the secret of the function's own database role.</summary>
    DatabaseSecret,

    /// <summary>ARN of the secret of the functions' role, which the owner sets as its password.</summary>
    DatabaseFunctionsSecret,

    /// <summary>File with the certificates that the database's certificate must chain to.</summary>
    DatabaseCaFile,
    DatabaseUser,
    DatabasePassword,

    /// <summary>Name of the functions' role, for DbInit.</summary>
    DatabaseFunctionsUser,

    /// <summary>Password of the functions' role, for DbInit.</summary>
    DatabaseFunctionsPassword,

    /// <summary>CloudWatch namespace of the metrics.</summary>
    MetricsNamespace,

    /// <summary>Folder that holds the embedded object store.</summary>
    ObjectsFolder,

    /// <summary>Address at which clients reach the embedded object store.</summary>
    ObjectsUrl,

    /// <summary>File with the key that signs the embedded object store's grants.</summary>
    ObjectsKeyFile,
}

public enum VariableScope
{
    Both,
    Deployment,
    Local,
}
