using System.Net;
using System.Net.Sockets;

namespace DomainFlow.Stores.Tests.Servers;

/// <summary>A port of 127.0.0.1 that nobody listens on just now: who takes it tries another where somebody was faster.</summary>
internal static class FreePort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
