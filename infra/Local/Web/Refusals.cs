using DomainFlow.Topology;
using Microsoft.AspNetCore.Http;

namespace DomainFlow.Local.Web;

/// <summary>Writes the gateway's refusals as a deployed gateway does.</summary>
internal static class Refusals
{
    public const string RequestIdHeader = "x-amzn-RequestId";

    /// <param name="status">For a refusal that leaves the status to the gateway.</param>
    public static Task RefuseAsync(this HttpContext context, GatewayRefusal refusal, int status = StatusCodes.Status502BadGateway)
    {
        var response = context.Response;
        if (response.Headers[RequestIdHeader].ToString() is not { Length: > 0 } requestId)
            response.Headers[RequestIdHeader] = requestId = Guid.NewGuid().ToString();
        response.StatusCode = refusal.Status ?? status;
        response.ContentType = GatewayRefusal.ContentType;
        foreach (var (name, value) in refusal.Headers) response.Headers[name] = value;
        return response.WriteAsync(refusal.Document(requestId), context.RequestAborted);
    }
}
