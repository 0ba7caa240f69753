namespace Amazon.Lambda.APIGatewayEvents;

/// <summary>A call of a REST API (payload 1.0). No JSON names: properties bind case-insensitively.</summary>
public class APIGatewayProxyRequest
{
    /// <summary>The route's template, "/reports/{id}".</summary>
    public string Resource { get; set; }

    /// <summary>The path that was called.</summary>
    public string Path { get; set; }

    /// <summary>The method, upper case.</summary>
    public string HttpMethod { get; set; }

    /// <summary>Headers; of several values the last. Null when there are none.</summary>
    public IDictionary<string, string> Headers { get; set; }

    /// <summary>Headers with all their values. Null when there are none.</summary>
    public IDictionary<string, IList<string>> MultiValueHeaders { get; set; }

    /// <summary>Query parameters, decoded; of several values the last. Null when there are none.</summary>
    public IDictionary<string, string> QueryStringParameters { get; set; }

    /// <summary>Query parameters, decoded, with all their values. Null when there are none.</summary>
    public IDictionary<string, IList<string>> MultiValueQueryStringParameters { get; set; }

    /// <summary>The values of the template's parameters. Null when it has none.</summary>
    public IDictionary<string, string> PathParameters { get; set; }

    /// <summary>The stage's variables. Null when it has none.</summary>
    public IDictionary<string, string> StageVariables { get; set; }

    /// <summary>What API Gateway knows about the call.</summary>
    public ProxyRequestContext RequestContext { get; set; }

    /// <summary>The body, as text or base64. Null when there is none.</summary>
    public string Body { get; set; }

    /// <summary>Whether <see cref="Body"/> is base64.</summary>
    public bool IsBase64Encoded { get; set; }

    /// <summary>What API Gateway knows about a call.</summary>
    public class ProxyRequestContext
    {
        /// <summary>The path with the stage.</summary>
        public string Path { get; set; }

        /// <summary>The AWS account that owns the API.</summary>
        public string AccountId { get; set; }

        /// <summary>The resource's id.</summary>
        public string ResourceId { get; set; }

        /// <summary>The stage.</summary>
        public string Stage { get; set; }

        /// <summary>The id of the call, as in the answer's header x-amzn-RequestId.</summary>
        public string RequestId { get; set; }

        /// <summary>Who called.</summary>
        public RequestIdentity Identity { get; set; }

        /// <summary>The route's template.</summary>
        public string ResourcePath { get; set; }

        /// <summary>The method, upper case.</summary>
        public string HttpMethod { get; set; }

        /// <summary>The API's id.</summary>
        public string ApiId { get; set; }

        /// <summary>A second id of the call, as in the answer's header x-amz-apigw-id.</summary>
        public string ExtendedRequestId { get; set; }

        /// <summary>The host name that was called.</summary>
        public string DomainName { get; set; }

        /// <summary>The host name's first label.</summary>
        public string DomainPrefix { get; set; }

        /// <summary>When the call came, as in an access log: "21/Nov/2026:01:55:52 +0000".</summary>
        public string RequestTime { get; set; }

        /// <summary>When the call came, in milliseconds since 1970.</summary>
        public long RequestTimeEpoch { get; set; }

        /// <summary>What the authorizer said.</summary>
        public APIGatewayCustomAuthorizerContext Authorizer { get; set; }
    }

    /// <summary>Who called.</summary>
    public class RequestIdentity
    {
        /// <summary>The identity pool of a call signed with Cognito credentials.</summary>
        public string CognitoIdentityPoolId { get; set; }

        /// <summary>The account of a signed call.</summary>
        public string AccountId { get; set; }

        /// <summary>The identity of a call signed with Cognito credentials.</summary>
        public string CognitoIdentityId { get; set; }

        /// <summary>The principal of a signed call.</summary>
        public string Caller { get; set; }

        /// <summary>The API key that was sent.</summary>
        public string ApiKey { get; set; }

        /// <summary>The API key's id.</summary>
        public string ApiKeyId { get; set; }

        /// <summary>The access key of a signed call.</summary>
        public string AccessKey { get; set; }

        /// <summary>The IP address.</summary>
        public string SourceIp { get; set; }

        /// <summary>Whether a Cognito identity was authenticated.</summary>
        public string CognitoAuthenticationType { get; set; }

        /// <summary>The providers that authenticated a Cognito identity.</summary>
        public string CognitoAuthenticationProvider { get; set; }

        /// <summary>The ARN of a signed call's principal.</summary>
        public string UserArn { get; set; }

        /// <summary>The User-Agent header.</summary>
        public string UserAgent { get; set; }

        /// <summary>The user of a signed call.</summary>
        public string User { get; set; }
    }
}
