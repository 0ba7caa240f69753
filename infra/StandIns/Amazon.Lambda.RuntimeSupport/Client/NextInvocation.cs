using System.Globalization;
using System.Net.Http.Headers;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>An invocation as the Runtime API handed it over: the event and what its headers say.</summary>
internal sealed record NextInvocation(Stream Event, string RequestId)
{
    public string InvokedFunctionArn { get; init; }

    public string TraceId { get; init; }

    public string TenantId { get; init; }

    public string ClientContextJson { get; init; }

    public string CognitoIdentityJson { get; init; }

    /// <summary>When Lambda ends the invocation; the year 1970 when it did not say.</summary>
    public DateTimeOffset Deadline { get; init; }

    public static NextInvocation From(Stream content, HttpResponseHeaders headers)
    {
        _ = long.TryParse(Header(headers, "Lambda-Runtime-Deadline-Ms"), CultureInfo.InvariantCulture, out var deadline);
        return new NextInvocation(content, Header(headers, "Lambda-Runtime-Aws-Request-Id")
            ?? throw new InvalidOperationException("The Runtime API sent an invocation without the header Lambda-Runtime-Aws-Request-Id."))
        {
            InvokedFunctionArn = Header(headers, "Lambda-Runtime-Invoked-Function-Arn"),
            TraceId = Header(headers, "Lambda-Runtime-Trace-Id"),
            TenantId = Header(headers, "Lambda-Runtime-Aws-Tenant-Id"),
            ClientContextJson = Header(headers, "Lambda-Runtime-Client-Context"),
            CognitoIdentityJson = Header(headers, "Lambda-Runtime-Cognito-Identity"),
            Deadline = DateTimeOffset.FromUnixTimeMilliseconds(deadline),
        };
    }

    private static string Header(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
