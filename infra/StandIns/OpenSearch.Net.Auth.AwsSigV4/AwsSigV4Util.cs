using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Auth;

namespace OpenSearch.Net.Auth.AwsSigV4;

public static class AwsSigV4Util
{
    /// <summary>Adds the headers of Signature Version 4: Authorization, x-amz-date, x-amz-content-sha256 and, with a session, its token.</summary>
    public static async Task SignRequest(
        HttpRequestMessage request, ImmutableCredentials credentials, RegionEndpoint region, DateTime signingTime, string service)
    {
        var canonical = await CanonicalRequest.From(request, credentials, signingTime).ConfigureAwait(false);
        var headers = request.Headers;
        headers.TryAddWithoutValidation("x-amz-date", canonical.XAmzDate);
        headers.TryAddWithoutValidation("x-amz-content-sha256", canonical.XAmzContentSha256);
        if (canonical.XAmzSecurityToken is not null)
            headers.TryAddWithoutValidation("x-amz-security-token", canonical.XAmzSecurityToken);
        var signature = AWS4Signer.ComputeSignature(credentials, region.SystemName, signingTime, service, canonical.SignedHeaders, canonical.ToString());
        headers.TryAddWithoutValidation("Authorization", signature.ForAuthorizationHeader);
    }
}
