using DomainFlow.Topology;
using Microsoft.AspNetCore.Http;

namespace DomainFlow.Local.Web;

/// <summary>Answers to pages of other origins.</summary>
internal static class CorsAnswers
{
    public static bool IsPreflight(this HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.ContainsKey("Access-Control-Request-Method");

    /// <summary>Lets the origin's page read the answer, where it is allowed.</summary>
    public static bool AllowOrigin(this HttpContext context, AllowedOrigins origins)
    {
        var origin = context.Request.Headers.Origin.ToString();
        context.Response.Headers.Vary = "Origin";
        if (!origins.Allows(origin)) return false;
        context.Response.Headers[Cors.AllowOriginHeader] = origin;
        return true;
    }

    /// <summary>204 to OPTIONS; with what a page may send where its origin is allowed.</summary>
    public static void AnswerOptions(this HttpContext context, AllowedOrigins origins, string methods, string headers)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.Allow = methods;
        if (!context.AllowOrigin(origins)) return;
        response.Headers[Cors.AllowMethodsHeader] = methods;
        response.Headers[Cors.AllowHeadersHeader] = headers;
        response.Headers[Cors.MaxAgeHeader] = Cors.MaxAgeSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
