using System.Text;
using System.Xml.Linq;
using DomainFlow.Local.Signing;
using Microsoft.AspNetCore.Http;

namespace DomainFlow.Local.Objects;

/// <summary>An error as S3 answers it.</summary>
internal sealed record S3Error(int Status, string Code, string Message, params (string Name, string Value)[] Details)
{
    public int? RetryAfterSeconds { get; init; }

    public static S3Error BadCredential { get; } =
        new(400, "AuthorizationQueryParametersError", "The credential must be {id}/{yyyymmdd}/local-1/s3/aws4_request, of the day of the date");

    public static S3Error UnknownKey { get; } = new(403, "InvalidAccessKeyId", "The access key id is not known here");

    public static S3Error WrongSignature { get; } = new(403, "SignatureDoesNotMatch", "The signature does not match what was signed");

    public static S3Error NoSuchKey { get; } = new(404, "NoSuchKey", "There is no such object");

    public static S3Error NoSuchBucket { get; } = new(404, "NoSuchBucket", "There is no such bucket");

    public static S3Error NoRoom { get; } = new(503, "ServiceUnavailable", "The store's disk is full: nothing was stored") { RetryAfterSeconds = 30 };

    public static S3Error NoLength { get; } = new(411, "MissingContentLength", "The Content-Length header is required");

    public static S3Error Malformed { get; } = new(400, "MalformedPOSTRequest", "The body is not well-formed multipart/form-data");

    /// <summary>Null for a valid credential.</summary>
    public static S3Error? Of(CredentialCheck check) => check switch
    {
        CredentialCheck.Valid => null,
        CredentialCheck.UnknownKey => UnknownKey,
        _ => BadCredential,
    };

    public static S3Error Denied(string why) => new(403, "AccessDenied", why);

    public static S3Error Argument(string name, string why) => new(400, "InvalidArgument", why, ("ArgumentName", name));

    public async Task WriteAsync(HttpContext context)
    {
        var error = new XElement("Error", new XElement("Code", Code), new XElement("Message", Message));
        foreach (var (name, value) in Details) error.Add(new XElement(name, value));
        error.Add(new XElement("Resource", context.Request.Path.Value), new XElement("RequestId", context.TraceIdentifier));
        var body = Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + error.ToString(SaveOptions.DisableFormatting));
        context.Response.StatusCode = Status;
        context.Response.ContentType = "application/xml";
        if (RetryAfterSeconds is { } seconds) context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
