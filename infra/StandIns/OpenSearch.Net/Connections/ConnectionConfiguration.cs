namespace OpenSearch.Net;

public interface IConnectionConfigurationValues : IDisposable
{
    IConnection Connection { get; }

    int ConnectionLimit { get; }

    IConnectionPool ConnectionPool { get; }

    bool DisableAutomaticProxyDetection { get; }

    bool EnableHttpCompression { get; }

    TimeSpan RequestTimeout { get; }

    bool ThrowExceptions { get; }

    string UserAgent { get; }
}

/// <summary>How to reach a cluster.</summary>
public class ConnectionConfiguration : IConnectionConfigurationValues
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(1);

    public static readonly int DefaultConnectionLimit = 80;

    private readonly IConnection connection;
    private readonly IConnectionPool connectionPool;
    private int connectionLimit = DefaultConnectionLimit;
    private bool disableAutomaticProxyDetection;
    private bool enableHttpCompression;
    private TimeSpan requestTimeout = DefaultTimeout;
    private bool throwExceptions;
    private string userAgent = "opensearch-net/2.1.0";

    public ConnectionConfiguration(IConnectionPool connectionPool, IConnection connection)
    {
        this.connectionPool = connectionPool;
        this.connection = connection ?? new HttpConnection();
    }

    IConnection IConnectionConfigurationValues.Connection => connection;

    int IConnectionConfigurationValues.ConnectionLimit => connectionLimit;

    IConnectionPool IConnectionConfigurationValues.ConnectionPool => connectionPool;

    bool IConnectionConfigurationValues.DisableAutomaticProxyDetection => disableAutomaticProxyDetection;

    bool IConnectionConfigurationValues.EnableHttpCompression => enableHttpCompression;

    TimeSpan IConnectionConfigurationValues.RequestTimeout => requestTimeout;

    bool IConnectionConfigurationValues.ThrowExceptions => throwExceptions;

    string IConnectionConfigurationValues.UserAgent => userAgent;

    public ConnectionConfiguration ConnectionLimit(int connectionLimit) => With(() => this.connectionLimit = connectionLimit);

    public ConnectionConfiguration DisableAutomaticProxyDetection(bool disable = true) => With(() => disableAutomaticProxyDetection = disable);

    /// <summary>No header of the client's own is sent by this stand-in either way.</summary>
    public ConnectionConfiguration DisableMetaHeader(bool disable = true) => this;

    /// <summary>A single node is never pinged.</summary>
    public ConnectionConfiguration DisablePing(bool disable = true) => this;

    public ConnectionConfiguration EnableHttpCompression(bool enabled = true) => With(() => enableHttpCompression = enabled);

    /// <summary>A single node is never asked again, whatever is said here.</summary>
    public ConnectionConfiguration MaximumRetries(int maxRetries) => this;

    public ConnectionConfiguration RequestTimeout(TimeSpan timeout) => With(() => requestTimeout = timeout);

    public ConnectionConfiguration ThrowExceptions(bool alwaysThrow = true) => With(() => throwExceptions = alwaysThrow);

    public ConnectionConfiguration UserAgent(string userAgent) => With(() => this.userAgent = userAgent);

    void IDisposable.Dispose()
    {
        connection.Dispose();
        GC.SuppressFinalize(this);
    }

    private ConnectionConfiguration With(Action set)
    {
        set();
        return this;
    }
}
