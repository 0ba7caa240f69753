namespace OpenSearch.Net;

public class Node(Uri uri)
{
    /// <summary>Ends with a slash, so that paths go below it.</summary>
    public Uri Uri { get; } = uri.AbsolutePath.EndsWith('/') ? uri : new Uri(uri.AbsoluteUri + "/");
}

public interface IConnectionPool
{
    IReadOnlyCollection<Node> Nodes { get; }

    int MaxRetries { get; }
}

/// <summary>One address: a load balancer's, or the only node's.</summary>
public class SingleNodeConnectionPool(Uri uri) : IConnectionPool
{
    public IReadOnlyCollection<Node> Nodes { get; } = [new Node(uri)];

    public int MaxRetries => 0;
}
