using Microsoft.AspNetCore.Http;

namespace DomainFlow.Local.Web;

/// <summary>
/// The doors that only this machine's user may open ask for a signature header: no web page can send one without the preflight that
/// nobody answers. It is not verified.
/// </summary>
internal static class Signed
{
    public static bool Is(HttpRequest request) => request.Headers.Authorization.ToString().StartsWith("AWS4-HMAC-SHA256 ", StringComparison.Ordinal);
}
