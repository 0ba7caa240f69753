using DomainFlow.Domain.Search;
using OpenSearch.Net;

namespace DomainFlow.Search;

/// <summary>What stands at the endpoint.</summary>
public enum SearchService
{
    /// <summary>A managed domain, or a node of one's own.</summary>
    Domain,

    /// <summary>
    /// A next-generation Serverless collection. A classic one cannot serve: it makes the ids of its documents itself, so that a repeated or
    /// late write could not be told from a new one.
    /// </summary>
    Serverless,
}

/// <summary>The library that keeps the vectors' graph.</summary>
public enum VectorEngine
{
    /// <summary>Native; for managed domains.</summary>
    Faiss,

    /// <summary>Pure Java; for nodes without native libraries.</summary>
    Lucene,
}

/// <summary>When a write can be found by a search.</summary>
public enum WriteVisibility
{
    /// <summary>Soon: after the index's own refresh, within a second or some (Serverless: ten seconds).</summary>
    Soon,

    /// <summary>When the call returns, which waits for the next refresh. Domains only.</summary>
    AwaitRefresh,

    /// <summary>When the call returns, by a refresh of its own: dear. Domains only.</summary>
    AtOnce,
}

/// <summary>How to use OpenSearch 2.19 or later.</summary>
/// <param name="Endpoint">http or https, with the port where it is not the scheme's.</param>
public sealed record OpenSearchOptions(Uri Endpoint)
{
    /// <summary>The most that OpenSearch takes.</summary>
    public const int MaxDimensions = 16_000;

    public SearchService Service { get; init; } = SearchService.Domain;

    /// <summary>Signs requests with the environment's credentials, for <c>es</c> or <c>aoss</c>. Off for a node without security.</summary>
    public bool IsSigned { get; init; } = true;

    /// <summary>Region to sign for; null: the environment's.</summary>
    public string? Region { get; init; }

    public VectorEngine Engine { get; init; } = VectorEngine.Faiss;

    /// <summary>Dimensions of the embedding model: an index of others is refused.</summary>
    public int Dimensions { get; init; } = SearchIndexes.Dimensions;

    /// <summary>Stands before each index's name, so that environments may share a domain.</summary>
    public string IndexPrefix { get; init; } = "";

    /// <summary>Primary shards of an index that is made; a tenant's documents lie in one of them.</summary>
    public int Shards { get; init; } = 4;

    /// <summary>Copies of each shard in an index that is made; null: the service's default.</summary>
    public int? Replicas { get; init; }

    /// <summary>False searches every shard: for comparison only.</summary>
    public bool RoutesByTenant { get; init; } = true;

    /// <summary>Candidates that a graph is searched for, at least.</summary>
    public int EfSearch { get; init; } = 100;

    /// <summary>Filtered sets up to this size are scanned exactly, in an index that is made; null: the plugin's own limit.</summary>
    public int? ExactSearchThreshold { get; init; }

    public WriteVisibility Visibility { get; init; } = WriteVisibility.Soon;

    /// <summary>For one request.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a call is tried again where the service is busy or away; the caller's token may end it sooner.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Tries a call again that is not allowed: a collection's policy holds a minute or so after it was made, which a deployment's first
    /// call may meet.
    /// </summary>
    public bool AwaitsAccess { get; init; }

    /// <summary>Bytes of one bulk request; a single document may exceed them.</summary>
    public int BulkBytes { get; init; } = 5 * 1024 * 1024;

    /// <summary>Documents of one bulk request.</summary>
    public int BulkDocuments { get; init; } = 500;

    /// <summary>Compresses bodies: for a slow way to the endpoint.</summary>
    public bool IsCompressed { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where the waiting times between tries come from.</summary>
    public Random Jitter { get; init; } = Random.Shared;

    /// <summary>Sends the requests in place of the connection that the options above describe.</summary>
    public IConnection? Connection { get; init; }

    internal bool IsServerless => Service != SearchService.Domain;

    internal string Physical(string index) => IndexPrefix + index;

    /// <exception cref="ArgumentException">They contradict each other, or name what cannot serve.</exception>
    internal OpenSearchOptions Checked() => this switch
    {
        { IsServerless: true, Visibility: not WriteVisibility.Soon } => throw new ArgumentException(
            $"Serverless has no refresh to wait for: {nameof(Visibility)} must be {nameof(WriteVisibility.Soon)}."),
        { Endpoint.IsAbsoluteUri: false } or { Endpoint.Scheme: not ("http" or "https") } => throw new ArgumentException(
            $"The endpoint {Endpoint} is no http or https address."),
        { Dimensions: < 1 or > MaxDimensions } => throw new ArgumentException($"An index has 1 to {MaxDimensions} dimensions, not {Dimensions}."),
        _ => this,
    };
}
